"""A trigger notes by how much every statement changes the counts, so that no way of writing can forget it."""

from django.db import migrations

MEASURES = """
    (state = 'confirmed' AND voter_status = 'voter')::int AS v,
    (state = 'confirmed' AND voter_status <> 'voter')::int AS o,
    (state = 'pending' AND suspicion = '')::int AS p
"""

FORWARD = f"""
CREATE FUNCTION pledges_note_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO pledges_pledgechange (riding_number, voters, others, pending)
        SELECT coalesce(riding_number, 0), sum(v), sum(o), sum(p)
        FROM (SELECT riding_number, {MEASURES} FROM new_rows) AS changes
        GROUP BY 1 HAVING sum(v) <> 0 OR sum(o) <> 0 OR sum(p) <> 0;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO pledges_pledgechange (riding_number, voters, others, pending)
        SELECT coalesce(riding_number, 0), -sum(v), -sum(o), -sum(p)
        FROM (SELECT riding_number, {MEASURES} FROM old_rows) AS changes
        GROUP BY 1 HAVING sum(v) <> 0 OR sum(o) <> 0 OR sum(p) <> 0;
    ELSE
        INSERT INTO pledges_pledgechange (riding_number, voters, others, pending)
        SELECT coalesce(riding_number, 0), sum(v * sign), sum(o * sign), sum(p * sign)
        FROM (
            SELECT riding_number, 1 AS sign, {MEASURES} FROM new_rows
            UNION ALL SELECT riding_number, -1, {MEASURES} FROM old_rows
        ) AS changes
        GROUP BY 1 HAVING sum(v * sign) <> 0 OR sum(o * sign) <> 0 OR sum(p * sign) <> 0;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER pledge_counts_insert AFTER INSERT ON pledges_pledge
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION pledges_note_counts();
CREATE TRIGGER pledge_counts_update AFTER UPDATE ON pledges_pledge
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION pledges_note_counts();
CREATE TRIGGER pledge_counts_delete AFTER DELETE ON pledges_pledge
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION pledges_note_counts();
"""

BACKWARD = """
DROP TRIGGER pledge_counts_insert ON pledges_pledge;
DROP TRIGGER pledge_counts_update ON pledges_pledge;
DROP TRIGGER pledge_counts_delete ON pledges_pledge;
DROP FUNCTION pledges_note_counts();
"""


class Migration(migrations.Migration):
    dependencies = [("pledges", "0002_pledges_and_counts")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
