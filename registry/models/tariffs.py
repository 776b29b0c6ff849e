from reference.models import LegalReference, Tariff, plain_tariff
from registry import rules


def tariffs_of(commune):
    """All electricity and water prices known for a commune, as the rules want them.

    Two queries. The province's own price goes before the country's.
    """
    rows = Tariff.objects.of_place(commune).with_tiers().order_by("place", "in_force")
    return rules.Tariffs(
        electricity=tuple(
            plain_tariff(row, row.tiers.all())
            for row in rows
            if row.kind == "electricity"
        ),
        water=tuple(
            plain_tariff(row, row.tiers.all()) for row in rows if row.kind == "water"
        ),
    )


def cost_rows(costs):
    """Costs for a page: each line beside the law it rests on, in one query for all."""
    keys = {line.citation_key for cost in costs for line in cost.lines}
    keys |= {cost.overcharge.citation_key for cost in costs if cost.overcharge}
    laws = LegalReference.objects.sure().in_bulk(keys - {None})
    return [
        {
            "cost": cost,
            "lines": [(line, laws.get(line.citation_key)) for line in cost.lines],
            "overcharge_law": cost.overcharge
            and laws.get(cost.overcharge.citation_key),
        }
        for cost in costs
    ]
