"""One house's life: what its landlord, inspectors and reviewers do, and when.

Everything goes through the acts that people's own clicks go through. The steps that take
days are generators: they name the moment of each act and act when it has come.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone

from accounts.models import User
from certificates import actions as certificates
from certificates.models import Certificate
from core import clock, jobs
from demo import answers, pictures, words
from demo.calendar import Story
from demo.papers import REPAIRED_SCENES, Looks, Paper
from demo.people import Office, sign_up
from demo.plans import Plan
from inspections import actions as inspections
from inspections.models import Finding, Repair, Submission, Visit
from registry import actions as registry
from registry.models import House, Landlord, Room

Hours = tuple[int, ...]
EVENING = (19, 20, 21)
OFFICE = (9, 10, 14, 15, 16)
ON_THE_ROAD = (10, 11, 15, 16, 17)
MOST_ROOMS = 9  # in one visit; the others wait for another day
ROOM_SCENES = ("room-bed", "room-loft", "room-kitchen", "room-bunk", "room-family")


class Received(NamedTuple):
    visit: Visit
    submission: Submission


class Life:
    def __init__(
        self,
        plan: Plan,
        office: Office,
        landlords: dict[int, Landlord],
        until: dt.datetime,
    ) -> None:
        self.plan = plan
        self.office = office
        self.landlords = landlords
        self.random = plan.random
        self.until = until
        self.ago = 0  # days before the last one
        self.last = until - dt.timedelta(days=500)
        self.house: House
        self.rooms: list[Room] = []

    # --- time ---------------------------------------------------------------------------

    def begin(self, fewest: int, most: int) -> dt.datetime:
        """So many days ago, in the evening: the landlord sits down with the phone."""
        self.ago = self.random.randint(fewest, most)
        return self._moment(EVENING)

    def wait(self, fewest: int, most: int, hours: Hours = OFFICE) -> dt.datetime:
        self.ago -= self.random.randint(fewest, most)
        return self._moment(hours)

    def wait_until(self, ago: int, hours: Hours = OFFICE) -> dt.datetime:
        self.ago = ago
        return self._moment(hours)

    def _moment(self, hours: Hours) -> dt.datetime:
        day = timezone.localdate(self.until) - dt.timedelta(days=self.ago)
        at = dt.time(self.random.choice(hours), self.random.randrange(60))
        moment = timezone.make_aware(dt.datetime.combine(day, at))
        self.last = max(moment, self.last + dt.timedelta(minutes=15))
        return self.last

    # --- the landlord -------------------------------------------------------------------

    @property
    def landlord(self) -> Landlord:
        return self.landlords[self.plan.landlord]

    @property
    def owner(self) -> User:
        return self.landlord.user

    def draft(self) -> None:
        """The address and the description, no rooms yet."""
        number = self.plan.landlord
        if number not in self.landlords:
            self.landlords[number] = sign_up(number)
        house = registry.begin_house(
            landlord=self.landlord,
            commune=self.plan.commune,
            by=self.owner,
            **self.plan.address,
        )
        self.house = registry.change_house(
            house=house, by=self.owner, **self.plan.described
        )

    def register(self) -> None:
        self.draft()
        self.add_rooms()
        if self.plan.fees:
            registry.set_fees(house=self.house, fees=self.plan.fees, by=self.owner)
        self._photograph()
        self.house = registry.register_house(house=self.house, by=self.owner)
        if self.random.random() < 0.5:
            registry.show_contact(
                landlord=self.landlord, shown=True, language="vi", by=self.owner
            )

    def add_rooms(self) -> None:
        for run in self.plan.runs:
            self.rooms += registry.add_rooms(
                house=self.house, run=run.labels, by=self.owner, **run.fields
            )

    def _photograph(self) -> None:
        palette = self.looks().palette
        self._add_photo(self.looks().house, palette, "Nhìn từ ngoài vào")
        self._add_photo("gate", 0, "Cổng")
        for number, room in enumerate(self.rooms):
            scene = ROOM_SCENES[(number + palette) % len(ROOM_SCENES)]
            self._add_photo(scene, palette, "", room)

    def _add_photo(
        self, scene: str, palette: int, caption: str, room: Room | None = None
    ) -> None:
        registry.add_photo(
            house=self.house,
            room=room,
            file=pictures.photo(scene, palette),
            caption=caption,
            by=self.owner,
        )

    def offer(self, share: float = 0.4) -> None:
        """Some rooms are free, or will be; the rent of one goes up."""
        today = clock.today()
        for room in self.rooms:
            if self.random.random() < share:
                day = today + dt.timedelta(days=self.random.randint(-20, 40))
                registry.set_vacancy(room=room, free_from=day, by=self.owner)
        if self.random.random() < 0.3:
            room = self.random.choice(self.rooms)
            registry.change_rent(room=room, rent=room.rent + 50_000, by=self.owner)

    def claim(self, findings: Iterable[Finding]) -> list[Repair]:
        """The landlord says what is done, with a picture."""
        return [
            inspections.claim_repair(
                finding=finding,
                note=answers.DONE[finding.item],
                photo=pictures.photo(REPAIRED_SCENES.get(finding.item, "rules"), 0),
                by=self.owner,
            )
            for finding in findings
        ]

    # --- visits -------------------------------------------------------------------------

    def looks(self) -> Looks:
        several = self.plan.described["floors"] > 1
        number = self.plan.number
        return Looks(
            "house-floors" if several else "house-row",
            ROOM_SCENES[number % len(ROOM_SCENES)],
            number % len(pictures.PALETTES),
        )

    def inspector(self, number: int | None = None) -> User:
        if number is None:
            number = self.plan.number
        return self.office.inspectors[number % len(self.office.inspectors)]

    def planned(
        self,
        days: int,
        *,
        inspector: User | None = None,
        follow: Visit | None = None,
    ) -> Visit:
        return inspections.plan_visit(
            house=self.house,
            inspector=inspector or self.inspector(),
            planned_for=clock.today() + dt.timedelta(days=days),
            follow_up_of=follow,
            by=self.office.coordinator,
        )

    def visited(
        self,
        *,
        failing: Iterable[str] = (),
        in_rooms: dict[int, set[str]] | None = None,
        rooms: int | None = None,
        inspector: User | None = None,
        days: tuple[int, int] = (2, 9),
    ) -> Story:
        """Planned and made: `in_rooms` is what fails in the rooms of these numbers."""
        yield self.wait(2, 5)
        ahead = self.random.randint(*days)
        visit = self.planned(ahead, inspector=inspector)
        yield self.wait(ahead, ahead, ON_THE_ROAD)
        return self.send(visit, failing=failing, in_rooms=in_rooms, rooms=rooms)

    def send(
        self,
        visit: Visit,
        *,
        failing: Iterable[str] = (),
        in_rooms: dict[int, set[str]] | None = None,
        rooms: int | None = None,
        revision: int = 1,
    ) -> Received:
        visit.house = self.house
        paper = Paper(visit, self.looks(), self.random)
        nobody_to_ask = {"WOM-10"} if self.random.random() < 0.35 else set()
        paper.fill_house(len(self.rooms), set(failing), nobody_to_ask)
        for number, room in enumerate(self.rooms[: rooms or MOST_ROOMS]):
            asleep = answers.UNSEEN_IN_ROOM if self.random.random() < 0.15 else set()
            paper.fill_room(room, (in_rooms or {}).get(number, set()), asleep)
        return self._hand_in(paper, revision)

    def followed(self, first: Visit, *, still_failing: set[str] | None = None) -> Story:
        """A visit that looks again at what is open; the rest stands."""
        yield self.wait(1, 3)
        ahead = self.random.randint(1, 4)
        visit = self.planned(ahead, follow=first, inspector=first.inspector)
        yield self.wait(ahead, ahead, ON_THE_ROAD)
        visit.house = self.house
        paper = Paper(visit, self.looks(), self.random)
        open_ones = list(self.open_findings())
        again = {f for f in open_ones if f.item in (still_failing or set())}
        paper.look_again(
            [(finding.item, finding.room) for finding in open_ones],
            {(f.item, f.room and f.room.code) for f in again},
        )
        return self._hand_in(paper, 1)

    def _hand_in(self, paper: Paper, revision: int) -> Received:
        received = inspections.receive_pack(
            visit_id=paper.visit.pk,
            pack=paper.pack(notes=self.random.choice(words.NOTES), revision=revision),
            device_time=clock.now(),
            by=paper.visit.inspector,
        )
        jobs.run_waiting("inspections.develop_photos")
        return Received(received.submission.visit, received.submission)

    def open_findings(self) -> Iterable[Finding]:
        findings = Finding.objects.open().filter(house=self.house)
        return findings.for_landlord().select_related("room").order_by("pk")

    # --- the office ---------------------------------------------------------------------

    def reviewer(self, visit: Visit) -> User:
        """Never who inspected."""
        others = [r for r in self.office.reviewers if r.pk != visit.inspector_id]
        return others[self.plan.number % len(others)]

    def decide(self, received: Received) -> None:
        """As the rules say, every room."""
        certificates.decide_as_the_rules_say(
            submission=received.submission, by=self.reviewer(received.visit)
        )

    def decide_with_condition(self, received: Received) -> None:
        for result in received.submission.room_results.order_by("room"):
            certificates.decide(
                submission=received.submission,
                room=result.room,
                outcome="conditional",
                reasons=words.CONDITION,
                by=self.reviewer(received.visit),
            )

    def certificates(self) -> list[Certificate]:
        current = Certificate.objects.current().filter(room__house=self.house)
        return list(current.select_related("room").order_by("room"))

    def verify(
        self, repairs: Iterable[Repair], by: User, *, not_fixed: int = 0
    ) -> None:
        """On the photo; the last `not_fixed` of them show that something is missing."""
        repairs = list(repairs)
        for number, repair in enumerate(reversed(repairs)):
            missing = number < not_fixed
            inspections.verify_repair(
                repair=repair,
                result="not_fixed" if missing else "fixed",
                note=words.NOT_FIXED if missing else "",
                by=by,
            )
