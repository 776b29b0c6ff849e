"""Print runs and stock, under /office/print-runs/; events, under /office/events/."""

from django.urls import path

from handbooks.views.stock import events, places, runs

RUN = "<str:number>/"
EVENT = "<int:pk>/"

print_runs = [
    path("", runs.runs, name="print-runs"),
    path("table.xlsx", runs.table, name="print-runs-table"),
    path("new/", runs.new_run, name="new-run"),
    path("stock/", places.stock, name="stock"),
    path("places/", places.places, name="places"),
    path("places/<int:pk>/closing/", places.closing, name="place-closing"),
    path(RUN, runs.run, name="print-run"),
    path(f"{RUN}file.pdf", runs.file, name="run-file"),
    path(f"{RUN}receipt/", runs.receipt, name="receipt"),
    path(f"{RUN}movement/", runs.movement, name="movement"),
    path(f"{RUN}write-off/", runs.write_off, name="write-off"),
    path(f"{RUN}cancellation/", runs.cancellation, name="run-cancellation"),
]
held_events = [
    path("", events.events, name="events"),
    path("table.xlsx", events.table, name="events-table"),
    path("new/", events.new_event, name="new-event"),
    path(EVENT, events.event, name="event"),
    path(f"{EVENT}edit/", events.edit_event, name="edit-event"),
    path(f"{EVENT}handing-out/", events.handing_out, name="handing-out"),
    path(f"{EVENT}return/", events.return_of_copies, name="return-of-copies"),
]
