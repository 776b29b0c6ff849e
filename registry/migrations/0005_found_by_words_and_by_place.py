"""Houses are found by any word of their address, and nearest first.

`registry_place` shrinks degrees of longitude as they are at 21.2° north, the latitude of
the pilot, so that one unit is 111,195 m in every direction there. `search_text` holds the
house's own words and all names of its commune, former ones too; the trigger keeps it, and
after new names are loaded `UPDATE registry_house SET search_text = ''` writes it anew.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models


PLACE = """
CREATE FUNCTION registry_place(latitude double precision, longitude double precision)
RETURNS point LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN point(longitude * 0.93232, latitude);
CREATE FUNCTION registry_place(latitude numeric, longitude numeric)
RETURNS point LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN point(longitude::double precision * 0.93232, latitude::double precision);
"""
NO_PLACE = """
DROP FUNCTION registry_place(double precision, double precision);
DROP FUNCTION registry_place(numeric, numeric);
"""
SEARCH_TEXT = """
CREATE FUNCTION registry_house_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_text := ' ' || vn_fold(concat_ws(
      ' | ', NEW.name, NEW.address, NEW.street, NEW.hamlet, NEW.landmark
    )) || ' |' || (
      SELECT unit.search_text FROM reference_administrativeunit unit
      WHERE unit.code = NEW.commune_id
    ) || coalesce((
      SELECT string_agg(former.search_text, '|' ORDER BY former.code)
      FROM reference_succession succession
      JOIN reference_formerunit former ON former.code = succession.former_id
      WHERE succession.successor_id = NEW.commune_id
    ), '');
  RETURN NEW;
END $$;
CREATE TRIGGER registry_house_search_text
  BEFORE INSERT OR UPDATE ON registry_house
  FOR EACH ROW EXECUTE FUNCTION registry_house_search_text();
UPDATE registry_house SET search_text = '';
"""
NO_SEARCH_TEXT = """
DROP TRIGGER registry_house_search_text ON registry_house;
DROP FUNCTION registry_house_search_text();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reference", "0001_initial"),
        ("registry", "0004_price_is_said"),
    ]

    operations = [
        migrations.RunSQL(PLACE, NO_PLACE),
        migrations.AddField(
            model_name="house",
            name="search_text",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddIndex(
            model_name="house",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.F("search_text"), name="gin_trgm_ops"
                ),
                name="registry_house_search",
            ),
        ),
        migrations.AddIndex(
            model_name="house",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func(
                    models.F("latitude"),
                    models.F("longitude"),
                    function="registry_place",
                ),
                name="registry_house_place",
            ),
        ),
        migrations.RunSQL(SEARCH_TEXT, NO_SEARCH_TEXT),
    ]
