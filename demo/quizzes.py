"""What people knew at an event, and what they asked there."""

from random import Random

from demo.people import Office
from handbooks import actions
from handbooks.models import Edition, Event, Language, Quiz, Section

# What was asked, what was answered (or nothing yet), and the section it belongs to.
QUESTIONS = (
    (
        "Chủ nhà đòi giữ thẻ căn cước thì tôi nói thế nào?",
        "Cho xem và cho ghi thông tin, còn thẻ bạn giữ."
        " [Chủ nhà không được giữ thẻ của bạn](law:law-26-2023-art-29).\n",
        "your-papers",
    ),
    (
        "Hợp đồng viết tay có được không?",
        "Được. [Hợp đồng phải bằng văn bản](law:law-27-2023-art-163),"
        " viết tay hay đánh máy đều là văn bản.\n",
        "the-lease",
    ),
    ("Tôi đổi ca liên tục, khi nào thì nên đi đăng ký tạm trú?", "", ""),
)


def hold(office: Office, event: Event, seed: int) -> None:
    """Nothing, if the workers' handbook waits for its editors."""
    workers = Edition.objects.current().of_book("workers")
    edition = workers.filter(volume__language="vi").first()
    if edition is None:
        return
    for kind in Quiz.Kind:
        quiz = actions.make_quiz(
            edition=edition,
            kind=kind,
            count=10,
            seed=seed,
            event=event,
            by=office.editors[0],
        )
        _play(quiz, Random(seed))
    for question in QUESTIONS:
        _ask(office, event, *question)


def _play(quiz: Quiz, dice: Random) -> None:
    """Some things fewer people know than others."""
    orders = list(quiz.items.values_list("order", flat=True))
    chances = {order: dice.uniform(0.3, 0.95) for order in orders}
    for _sheet in range(24):
        known = {order for order in orders if dice.random() < chances[order]}
        actions.count_answers(quiz=quiz, known=known, missed=set(orders) - known)


def _ask(office: Office, event: Event, words: str, answer: str, slug: str) -> None:
    writer, publisher = office.editors
    question = actions.keep_question(
        words=words, language=Language.objects.get(code="vi"), event=event, by=writer
    )
    if answer:
        actions.answer_question(
            question=question,
            words=words,
            answer=answer,
            section=Section.objects.get(handbook="workers", slug=slug),
            is_proposed=True,
            by=writer,
        )
        actions.approve_answer(question=question, by=publisher)
