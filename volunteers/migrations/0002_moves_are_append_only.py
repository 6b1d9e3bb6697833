"""Decisions about candidates refuse changes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION volunteers_move_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A deleted account may only take itself out.
    IF (NEW.id, NEW.candidacy_id, NEW.from_state, NEW.to_state, NEW.reason_en, NEW.reason_fr, NEW.interest, NEW.at)
        IS DISTINCT FROM
        (OLD.id, OLD.candidacy_id, OLD.from_state, OLD.to_state, OLD.reason_en, OLD.reason_fr, OLD.interest, OLD.at)
        OR (NEW.by_id IS NOT NULL AND NEW.by_id IS DISTINCT FROM OLD.by_id)
    THEN
        RAISE EXCEPTION 'decisions about candidates are never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER move_append_only BEFORE UPDATE ON volunteers_candidacymove
    FOR EACH ROW EXECUTE FUNCTION volunteers_move_append_only();
"""

BACKWARD = """
DROP TRIGGER move_append_only ON volunteers_candidacymove;
DROP FUNCTION volunteers_move_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0001_chapters_candidates_interviews")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
