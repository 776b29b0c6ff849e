from handbooks.actions.comments import comment, settle_comment
from handbooks.actions.covers import end_cover, keep_cover
from handbooks.actions.editions import (
    PRINTING,
    propose_edition,
    publish_edition,
    take_back,
    withdraw,
)
from handbooks.actions.events import add_event, change_event
from handbooks.actions.pictures import add_picture, describe_picture
from handbooks.actions.printing import print_edition
from handbooks.actions.questions import (
    answer_question,
    approve_answer,
    drop_question,
    keep_question,
    take_out_answer,
    write_answer,
)
from handbooks.actions.quizzes import (
    close_quiz,
    count_answers,
    count_sheets,
    make_quiz,
)
from handbooks.actions.returning import return_edition
from handbooks.actions.runs import STAMPING, cancel_run, order_run, stamp_run
from handbooks.actions.sections import (
    add_section,
    bring_back_section,
    change_section,
    order_sections,
    withdraw_section,
)
from handbooks.actions.shipped import load_shipped
from handbooks.actions.stock import (
    add_place,
    bring_back,
    close_place,
    hand_out,
    move,
    receive,
    write_off,
)
from handbooks.actions.texts import (
    discard_draft,
    problems_of,
    restore_revision,
    save_draft,
    save_revision,
)
from handbooks.actions.volumes import add_language, change_volume

__all__ = [
    "PRINTING",
    "STAMPING",
    "add_event",
    "add_language",
    "add_picture",
    "add_place",
    "add_section",
    "answer_question",
    "approve_answer",
    "bring_back",
    "bring_back_section",
    "cancel_run",
    "change_event",
    "change_section",
    "change_volume",
    "close_place",
    "close_quiz",
    "comment",
    "count_answers",
    "count_sheets",
    "describe_picture",
    "discard_draft",
    "drop_question",
    "end_cover",
    "hand_out",
    "keep_cover",
    "keep_question",
    "load_shipped",
    "make_quiz",
    "move",
    "order_run",
    "order_sections",
    "print_edition",
    "problems_of",
    "propose_edition",
    "publish_edition",
    "receive",
    "restore_revision",
    "return_edition",
    "save_draft",
    "save_revision",
    "settle_comment",
    "stamp_run",
    "take_back",
    "take_out_answer",
    "withdraw",
    "withdraw_section",
    "write_answer",
    "write_off",
]
