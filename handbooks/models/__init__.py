from handbooks.models.books import Handbook, Language, Volume
from handbooks.models.citations import Citation
from handbooks.models.covers import Cover
from handbooks.models.editions import Edition
from handbooks.models.files import EditionFile
from handbooks.models.frozen import EditionSection
from handbooks.models.pictures import Picture
from handbooks.models.returned import ReturnedEdition
from handbooks.models.sections import Comment, Draft, Revision, Section

__all__ = [
    "Citation",
    "Comment",
    "Cover",
    "Draft",
    "Edition",
    "EditionFile",
    "EditionSection",
    "Handbook",
    "Language",
    "Picture",
    "ReturnedEdition",
    "Revision",
    "Section",
    "Volume",
]
