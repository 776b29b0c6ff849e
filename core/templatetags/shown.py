"""How facts are shown: money, areas, distances, icons. Loaded in every template."""

from django import template

register = template.Library()
