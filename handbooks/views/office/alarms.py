"""The list of what ends in the law, by date, with the texts to change."""

from django.shortcuts import render

from core import clock
from handbooks.alarms import alarms as gathered
from handbooks.views.office.base import editors_only, tabs


@editors_only
def alarms(request):
    today = clock.today()
    context = {"alarms": gathered(today).all, "today": today, "tabs": tabs("alarms")}
    return render(request, "handbooks/office/alarms.html", context)
