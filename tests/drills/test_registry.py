"""The drills' own ground: a drill that was killed leaves nothing to the next."""

from tests.drills.registry import Cluster, filled


def test_drill_begins_anew_where_another_was_killed(tmp_path):
    left = Cluster(tmp_path / "postgres")
    left._make_folders()
    left.data.mkdir()
    (left.data / "of-another-drill").touch()

    cluster = Cluster(tmp_path / "postgres")
    try:
        cluster.become_like(filled())

        assert (cluster.data / "PG_VERSION").exists()
        assert not (cluster.data / "of-another-drill").exists()
    finally:
        cluster.give_up()
