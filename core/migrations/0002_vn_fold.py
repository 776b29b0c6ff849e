"""vn_fold(text): what core.text.fold() computes, in the database.

The function is built from PostgreSQL's own functions only: `unaccent` knows other
letters in every version of the server, and an index must not change under an upgrade.
Nothing in it depends on the server's locale, so IMMUTABLE is true.
"""

from django.db import migrations

VN_FOLD = r"""
CREATE FUNCTION vn_fold(t text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(
  regexp_replace(
    translate(
      regexp_replace(
        normalize(t, NFKD),
        '[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]' COLLATE "C", '', 'g'
      ),
      'ABCDEFGHIJKLMNOPQRSTUVWXYZĐđÐðƉ', 'abcdefghijklmnopqrstuvwxyzddddd'
    ),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7'
    '\u1680\u2000-\u206f\u20a0-\u20cf\u3000-\u303f]+' COLLATE "C", ' ', 'g'
  ),
  ' '
);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(VN_FOLD, "DROP FUNCTION vn_fold(text);"),
    ]
