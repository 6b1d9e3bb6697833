"""A trigger notes by how much every statement changes the counts, so that no way of writing can forget it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION petitions_note_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO petitions_countchange (petition_id, riding_number, confirmed, pending)
        SELECT petition_id, coalesce(riding_number, 0), c, p FROM (
            SELECT petition_id, riding_number,
                count(*) FILTER (WHERE state = 'confirmed') AS c,
                count(*) FILTER (WHERE state = 'pending' AND suspicion = '') AS p
            FROM new_rows GROUP BY petition_id, riding_number
        ) AS sums WHERE c <> 0 OR p <> 0;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO petitions_countchange (petition_id, riding_number, confirmed, pending)
        SELECT petition_id, coalesce(riding_number, 0), -c, -p FROM (
            SELECT petition_id, riding_number,
                count(*) FILTER (WHERE state = 'confirmed') AS c,
                count(*) FILTER (WHERE state = 'pending' AND suspicion = '') AS p
            FROM old_rows GROUP BY petition_id, riding_number
        ) AS sums WHERE c <> 0 OR p <> 0;
    ELSE
        INSERT INTO petitions_countchange (petition_id, riding_number, confirmed, pending)
        SELECT petition_id, coalesce(riding_number, 0), sum(c), sum(p) FROM (
            SELECT petition_id, riding_number,
                (state = 'confirmed')::int AS c, (state = 'pending' AND suspicion = '')::int AS p
            FROM new_rows
            UNION ALL
            SELECT petition_id, riding_number,
                -(state = 'confirmed')::int, -(state = 'pending' AND suspicion = '')::int
            FROM old_rows
        ) AS changes
        GROUP BY petition_id, coalesce(riding_number, 0) HAVING sum(c) <> 0 OR sum(p) <> 0;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER signature_counts_insert AFTER INSERT ON petitions_signature
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION petitions_note_counts();
CREATE TRIGGER signature_counts_update AFTER UPDATE ON petitions_signature
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION petitions_note_counts();
CREATE TRIGGER signature_counts_delete AFTER DELETE ON petitions_signature
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION petitions_note_counts();
"""

BACKWARD = """
DROP TRIGGER signature_counts_insert ON petitions_signature;
DROP TRIGGER signature_counts_update ON petitions_signature;
DROP TRIGGER signature_counts_delete ON petitions_signature;
DROP FUNCTION petitions_note_counts();
"""


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_petitions_signatures_counts")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
