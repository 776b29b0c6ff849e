from handbooks.models.books import Handbook, Language, Volume
from handbooks.models.citations import Citation
from handbooks.models.covers import Cover
from handbooks.models.editions import Edition
from handbooks.models.events import Event
from handbooks.models.files import EditionFile
from handbooks.models.frozen import EditionSection
from handbooks.models.movements import Movement
from handbooks.models.pictures import Picture
from handbooks.models.places import Stock, StorePlace
from handbooks.models.questions import Question, with_questions
from handbooks.models.quizzes import Quiz, QuizItem, Right
from handbooks.models.returned import ReturnedEdition
from handbooks.models.runs import PrintRun
from handbooks.models.sections import Comment, Draft, Revision, Section

__all__ = [
    "Citation",
    "Comment",
    "Cover",
    "Draft",
    "Edition",
    "EditionFile",
    "EditionSection",
    "Event",
    "Handbook",
    "Language",
    "Movement",
    "Picture",
    "PrintRun",
    "Question",
    "Quiz",
    "QuizItem",
    "ReturnedEdition",
    "Revision",
    "Right",
    "Section",
    "Stock",
    "StorePlace",
    "Volume",
    "with_questions",
]
