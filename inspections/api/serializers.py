"""The shapes of the API, for its description and for reading lists."""

from django.urls import reverse
from rest_framework import serializers

from core import codes
from inspections.models import ChecklistVersion, Finding, Submission, Visit

VISIT_STATES = ("planned", "received", "returned", "withdrawn")
FINDING_STATES = ("open", "overdue", "repair_claimed", "fixed", "corrected", "waived")


class DueSerializer(serializers.Serializer):
    what = serializers.CharField()
    at = serializers.DateTimeField()


class PlaceSerializer(serializers.Serializer):
    item = serializers.CharField()
    room = serializers.CharField(allow_null=True)


class OpenFindingSerializer(PlaceSerializer):
    severity = serializers.ChoiceField(Finding.Severity.choices)
    critical = serializers.BooleanField()
    due = DueSerializer(many=True)
    since = serializers.DateTimeField()
    photos = serializers.DictField(child=serializers.CharField())


class DayVersionSerializer(serializers.Serializer):
    checklist = serializers.CharField()
    version = serializers.IntegerField()
    sha256 = serializers.CharField()
    current = serializers.BooleanField()
    url = serializers.CharField()


class DayHouseSerializer(serializers.Serializer):
    number = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    address = serializers.CharField()
    street = serializers.CharField(allow_blank=True)
    hamlet = serializers.CharField(allow_blank=True)
    commune = serializers.CharField()
    landmark = serializers.CharField(allow_blank=True)
    latitude = serializers.CharField(allow_null=True)
    longitude = serializers.CharField(allow_null=True)
    landlord = serializers.CharField()
    kind = serializers.CharField()
    floors = serializers.IntegerField()
    gate = serializers.CharField()
    gate_closes = serializers.CharField(allow_null=True)
    gate_opens = serializers.CharField(allow_null=True)


class DayRoomSerializer(serializers.Serializer):
    id = serializers.CharField()
    label = serializers.CharField()
    floor = serializers.IntegerField(allow_null=True)
    area = serializers.CharField()
    max_people = serializers.IntegerField()
    has_loft = serializers.BooleanField()


class ReturnedSerializer(serializers.Serializer):
    note = serializers.CharField()
    at = serializers.DateTimeField()
    document = serializers.JSONField()


class HouseToVisitSerializer(serializers.Serializer):
    revision = serializers.IntegerField()
    planned_for = serializers.DateField()
    late = serializers.BooleanField()
    checklist = serializers.CharField()
    version = serializers.IntegerField()
    follow_up_of = serializers.UUIDField(allow_null=True)
    house = DayHouseSerializer()
    facts = serializers.JSONField()
    rooms = DayRoomSerializer(many=True)
    open_findings = OpenFindingSerializer(many=True)
    ask = PlaceSerializer(many=True, allow_null=True)
    before = serializers.JSONField(allow_null=True)
    repaired = PlaceSerializer(many=True)
    pictures = serializers.DictField(child=serializers.CharField())
    returned = ReturnedSerializer(allow_null=True)


class DayVisitSerializer(HouseToVisitSerializer):
    id = serializers.UUIDField()


class ListedHouseSerializer(serializers.Serializer):
    house = DayHouseSerializer()
    facts = serializers.JSONField()
    rooms = DayRoomSerializer(many=True)
    open_findings = OpenFindingSerializer(many=True)


class HousesSerializer(serializers.Serializer):
    """The houses that may be visited with no plan and no network."""

    registry = serializers.CharField()
    houses = ListedHouseSerializer(many=True)


class DayInspectorSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class WithdrawnSerializer(serializers.Serializer):
    id = serializers.UUIDField(allow_null=True)
    house = serializers.CharField()
    what = serializers.ChoiceField(["visit", "house"])
    because = serializers.CharField(allow_blank=True)


class SealSerializer(serializers.Serializer):
    id = serializers.CharField()
    key = serializers.CharField()


class TicketSerializer(serializers.Serializer):
    issued = serializers.CharField()
    key = serializers.CharField()


class DaySerializer(serializers.Serializer):
    registry = serializers.CharField()
    server_time = serializers.DateTimeField()
    day = serializers.DateField()
    inspector = DayInspectorSerializer()
    checklists = DayVersionSerializer(many=True)
    visits = DayVisitSerializer(many=True)
    withdrawn = WithdrawnSerializer(many=True)
    seal = SealSerializer()
    ticket = TicketSerializer()


class ReceiptSerializer(serializers.Serializer):
    """The server's word that it holds a pack, in an envelope that nobody else writes."""

    registry = serializers.CharField()
    visit = serializers.UUIDField()
    revision = serializers.IntegerField()
    sha256 = serializers.CharField()
    receipt = serializers.CharField()
    received_at = serializers.DateTimeField()
    photos = serializers.IntegerField()
    flags = serializers.ListField(child=serializers.CharField())
    new = serializers.BooleanField()


class SealedReceiptSerializer(ReceiptSerializer):
    upload = serializers.CharField()
    confirmed = serializers.ListField(child=serializers.CharField())


class PhotosHereSerializer(serializers.Serializer):
    all = serializers.IntegerField()
    here = serializers.IntegerField()


class UploadSerializer(serializers.Serializer):
    """How far the parts of a sealed pack have come."""

    registry = serializers.CharField()
    visit = serializers.UUIDField()
    upload = serializers.CharField()
    state = serializers.ChoiceField(["unknown", "incomplete", "received"])
    size = serializers.IntegerField(allow_null=True)
    received = serializers.IntegerField()
    missing = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()), allow_null=True
    )
    photos = PhotosHereSerializer(allow_null=True)
    refused = serializers.CharField(allow_blank=True)
    receipt = serializers.JSONField(allow_null=True)


class VersionSerializer(serializers.ModelSerializer):
    version = serializers.IntegerField(source="number")
    url = serializers.SerializerMethodField()

    class Meta:
        model = ChecklistVersion
        fields = [
            "checklist",
            "version",
            "state",
            "sha256",
            "published_at",
            "retired_at",
            "url",
        ]

    def get_url(self, version) -> str:
        return reverse("checklist-document", args=[version.checklist, version.number])


class SubmissionSerializer(serializers.ModelSerializer):
    receipt = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = [
            "revision",
            "accepted",
            "sha256",
            "receipt",
            "visited_at",
            "received_at",
            "clock_skew_ms",
            "flags",
        ]

    def get_receipt(self, submission) -> str:
        return codes.shown(submission.receipt)


class VisitSerializer(serializers.ModelSerializer):
    house = serializers.CharField(source="house.number")
    inspector = serializers.CharField(source="inspector.full_name")
    checklist = serializers.CharField(source="version.checklist")
    version = serializers.IntegerField(source="version.number")
    state = serializers.ChoiceField(VISIT_STATES)
    submissions = SubmissionSerializer(many=True)

    class Meta:
        model = Visit
        fields = [
            "id",
            "state",
            "house",
            "inspector",
            "checklist",
            "version",
            "follow_up_of",
            "planned_for",
            "received_at",
            "withdrawn_at",
            "withdrawn_because",
            "submissions",
        ]


class FindingSerializer(serializers.ModelSerializer):
    house = serializers.CharField(source="house.number")
    room = serializers.CharField(source="room.code", allow_null=True, default=None)
    status = serializers.ChoiceField(FINDING_STATES)
    due = DueSerializer(many=True)

    class Meta:
        model = Finding
        fields = [
            "id",
            "visit",
            "house",
            "room",
            "item",
            "severity",
            "critical",
            "status",
            "due",
            "due_at",
            "opened_at",
            "last_seen_at",
            "closed_at",
        ]
