"""A forgotten PIN of a tablet: docs/adr/0015."""

import base64
import binascii

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions import hand_out_tablet_key, keep_tablet_key
from accounts.models import TabletKey
from accounts.permissions import has_just_signed_in
from core.errors import Refused
from inspections.permissions import can_use_tablet

SIZE = 32


class KeyField(serializers.CharField):
    """Bytes in base64."""

    def to_internal_value(self, data):
        try:
            key = base64.b64decode(super().to_internal_value(data), validate=True)
        except (binascii.Error, ValueError) as error:
            raise serializers.ValidationError(_("Send the key in base64.")) from error
        if len(key) != SIZE:
            raise serializers.ValidationError(_("Send a key of 32 bytes."))
        return key


class KeySerializer(serializers.Serializer):
    key = KeyField(max_length=64)


class KeptSerializer(serializers.Serializer):
    inspector = serializers.IntegerField()


class RecoverySerializer(KeptSerializer):
    key = serializers.CharField()


class RecoveryView(APIView):
    """One's own key, of one tablet. Nobody reads another's, whatever her role."""

    @extend_schema(request=KeySerializer, responses=KeptSerializer)
    def put(self, request, tablet):
        if not can_use_tablet(request.user):
            raise PermissionDenied
        asked = KeySerializer(data=request.data)
        asked.is_valid(raise_exception=True)

        keep_tablet_key(tablet=tablet, key=asked.validated_data["key"], by=request.user)
        return _own(request)

    @extend_schema(responses=RecoverySerializer)
    def get(self, request, tablet):
        kept = get_object_or_404(TabletKey, user=request.user.pk, tablet=tablet)
        if not has_just_signed_in(request):
            # Whoever has the tablet may have her session too; her password she has not.
            message = _("Give your password again: a new PIN needs it.")
            raise Refused("sign_in_again", message, status=403)

        key = hand_out_tablet_key(kept=kept, by=request.user)
        return _own(request, key=base64.b64encode(key).decode())


def _own(request, **more):
    content = {"inspector": request.user.pk} | more
    return Response(content, headers={"Cache-Control": "no-store"})
