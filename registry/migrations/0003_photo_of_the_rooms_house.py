from django.db import migrations


class Migration(migrations.Migration):
    """A photo of a room is filed under the room's own house, and cannot be otherwise.

    Django has no foreign key of two columns. `room_id` is empty for photos of the house
    itself, and then nothing is checked (MATCH SIMPLE).
    """

    dependencies = [("registry", "0002_draft_houses_and_duplicates")]

    operations = [
        migrations.RunSQL(
            sql=[
                "ALTER TABLE registry_room ADD CONSTRAINT registry_room_of_house"
                " UNIQUE (id, house_id)",
                "ALTER TABLE registry_photo ADD CONSTRAINT registry_photo_room_of_house"
                " FOREIGN KEY (room_id, house_id) REFERENCES registry_room (id, house_id)"
                " DEFERRABLE INITIALLY DEFERRED",
            ],
            reverse_sql=[
                "ALTER TABLE registry_photo"
                " DROP CONSTRAINT registry_photo_room_of_house",
                "ALTER TABLE registry_room DROP CONSTRAINT registry_room_of_house",
            ],
        )
    ]
