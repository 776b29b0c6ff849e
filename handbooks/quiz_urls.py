"""Quizzes and questions of events, under /office/quizzes/ and /office/questions/."""

from django.urls import path

from handbooks.views.office import questions, quizzes

QUIZ = "quizzes/<slug:code>/"
QUESTION = "questions/<int:pk>/"

urlpatterns = [
    path("quizzes/", quizzes.quizzes, name="quizzes"),
    path("quizzes/new/", quizzes.new_quiz, name="new-quiz"),
    path("quizzes/known-least/", quizzes.results, name="known-least"),
    path(QUIZ, quizzes.quiz, name="office-quiz"),
    path(
        f"{QUIZ}sheet.pdf", quizzes.printed, {"what": "sheet"}, name="quiz-sheet-file"
    ),
    path(f"{QUIZ}key.pdf", quizzes.printed, {"what": "key"}, name="quiz-key-file"),
    path(f"{QUIZ}sheets/", quizzes.sheets, name="quiz-sheets"),
    path(f"{QUIZ}closing/", quizzes.closing, name="quiz-closing"),
    path("questions/", questions.questions, name="asked"),
    path(QUESTION, questions.question, name="answer"),
    path(f"{QUESTION}approval/", questions.approval, name="answer-approval"),
    path(f"{QUESTION}taking-out/", questions.taking_out, name="answer-taking-out"),
    path(f"{QUESTION}dropping/", questions.dropping, name="question-dropping"),
]
