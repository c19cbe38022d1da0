-- How a batch leaves: waves with their samples, known answers that measure the reviewers, rollbacks, retention, returns.

-- More kinds of rows are chained now; which ones, the code says.
CREATE TABLE new_event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''),
    subject INTEGER NOT NULL,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    UNIQUE (kind, subject)
) STRICT;
INSERT INTO new_event SELECT * FROM event;
DROP TABLE event;
ALTER TABLE new_event RENAME TO event;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'An event is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'An event is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq OR hash = NEW.hash)
    OR EXISTS (SELECT 1 FROM event WHERE kind = NEW.kind AND subject = NEW.subject)
BEGIN SELECT RAISE(ABORT, 'An event is append-only; nothing recorded is ever replaced.'); END;

-- A part of a batch that may leave once the sample drawn from it was looked at. `share`: of the batch, with all waves
-- before it. `rule`: the limit, the confidence and the population it was drawn from, by stratum.
CREATE TABLE wave (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    number INTEGER NOT NULL CHECK (number > 0),
    share REAL NOT NULL CHECK (share > 0 AND share <= 1),
    seed INTEGER NOT NULL,
    rule TEXT NOT NULL CHECK (json_valid(rule)),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    UNIQUE (batch, number)
) STRICT;
CREATE TABLE wave_image (
    id INTEGER PRIMARY KEY,
    wave INTEGER NOT NULL REFERENCES wave (id),
    image INTEGER NOT NULL REFERENCES image (id),
    version INTEGER NOT NULL,
    stratum TEXT NOT NULL,
    sampled INTEGER NOT NULL CHECK (sampled IN (0, 1)),
    UNIQUE (wave, image),
    FOREIGN KEY (version, image) REFERENCES version (id, image)
) STRICT;
CREATE INDEX wave_of_version ON wave_image (version, wave);
CREATE INDEX sample_of_version ON wave_image (version, wave) WHERE sampled = 1;

-- What became of a wave. `figures`: how many were looked at and bad, and the bound.
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY,
    wave INTEGER NOT NULL REFERENCES wave (id),
    action TEXT NOT NULL CHECK (action IN ('release', 'stop')),
    reason TEXT NOT NULL CHECK (reason <> ''),
    figures TEXT NOT NULL CHECK (json_valid(figures)),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX ruling_of_wave ON ruling (wave, id);

-- A wave, or with `wave` NULL a whole batch, was called back.
CREATE TABLE rollback (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    wave INTEGER REFERENCES wave (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX rollback_of_batch ON rollback (batch, id);
-- One row per delivery called back, or one without a delivery for an image that had not left. `restored`: the earlier
-- delivery that takes its place; `queue`: where the image waits again.
CREATE TABLE recall (
    id INTEGER PRIMARY KEY,
    rollback INTEGER NOT NULL REFERENCES rollback (id),
    image INTEGER NOT NULL REFERENCES image (id),
    version INTEGER NOT NULL,
    delivery INTEGER UNIQUE REFERENCES delivery (id),
    restored INTEGER REFERENCES delivery (id),
    queue TEXT NOT NULL CHECK (queue IN ('edit', 'review', 'redo')),
    at INTEGER NOT NULL,
    FOREIGN KEY (version, image) REFERENCES version (id, image)
) STRICT;
CREATE INDEX recall_of_version ON recall (version, id);
CREATE INDEX recall_of_rollback ON recall (rollback);
CREATE INDEX delivery_by_place ON delivery (platform, name, id);

CREATE VIEW wave_state AS
SELECT w.id AS wave, w.batch, w.number,
    CASE
        WHEN EXISTS (
            SELECT 1 FROM rollback AS b WHERE b.batch = w.batch AND b.at > w.at AND (b.wave = w.id OR b.wave IS NULL)
        ) THEN 'rolled_back'
        ELSE coalesce((
            SELECT CASE u.action WHEN 'stop' THEN 'stopped' ELSE 'released' END
            FROM ruling AS u WHERE u.wave = w.id ORDER BY u.id DESC LIMIT 1
        ), 'open')
    END AS state
FROM wave AS w;

-- An image whose right answer is known: `defect` was seeded into a good one, '' into none. It is shown in the batch
-- `shown`, belongs to the batch `kept_in` that no list has, and never leaves.
CREATE TABLE known_answer (
    id INTEGER PRIMARY KEY,
    image INTEGER NOT NULL UNIQUE REFERENCES image (id),
    shown INTEGER NOT NULL REFERENCES batch (id),
    kept_in INTEGER NOT NULL REFERENCES batch (id),
    wave INTEGER NOT NULL REFERENCES wave (id),
    source INTEGER NOT NULL REFERENCES version (id),
    defect TEXT NOT NULL,
    at INTEGER NOT NULL,
    CHECK (shown <> kept_in)
) STRICT;
CREATE INDEX known_answer_of_wave ON known_answer (wave);
CREATE INDEX known_answer_kept_in ON known_answer (kept_in);

-- Nothing of the batch, or of the client, may be purged until another row lifts this one.
CREATE TABLE legal_hold (
    id INTEGER PRIMARY KEY,
    batch INTEGER REFERENCES batch (id),
    client TEXT,
    reason TEXT NOT NULL CHECK (reason <> ''),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    lifts INTEGER UNIQUE REFERENCES legal_hold (id),
    CHECK ((batch IS NULL) <> (client IS NULL))
) STRICT;
CREATE VIEW held AS
SELECT h.* FROM legal_hold AS h
WHERE h.lifts IS NULL AND NOT EXISTS (SELECT 1 FROM legal_hold AS l WHERE l.lifts = h.id);

-- Files that were removed, each with an image it belonged to; `orphans` names those that belonged to none.
CREATE TABLE purge (
    id INTEGER PRIMARY KEY,
    orphans TEXT NOT NULL CHECK (json_valid(orphans)),
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE purged_file (
    id INTEGER PRIMARY KEY,
    purge INTEGER NOT NULL REFERENCES purge (id),
    image INTEGER NOT NULL REFERENCES image (id),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    UNIQUE (purge, sha256)
) STRICT;
CREATE INDEX purged_file_by_name ON purged_file (sha256);

-- What a shop sold and got back. `mapping`: which of its columns is what.
CREATE TABLE sale_import (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    mapping TEXT NOT NULL CHECK (json_valid(mapping)),
    at INTEGER NOT NULL
) STRICT;
-- The rows of that file, which are not chained: its SHA-256 is.
CREATE TABLE sale (
    sale_import INTEGER NOT NULL REFERENCES sale_import (id),
    row INTEGER NOT NULL,
    sku TEXT NOT NULL CHECK (sku <> ''),
    day TEXT NOT NULL CHECK (day = date(day)),
    sold INTEGER NOT NULL CHECK (sold >= 0),
    returned INTEGER NOT NULL CHECK (returned >= 0),
    PRIMARY KEY (sale_import, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_of_sku ON sale (sku, day, sale_import);

-- Append-only rows, as all that is chained.
CREATE TRIGGER wave_is_never_changed BEFORE UPDATE ON wave
BEGIN SELECT RAISE(ABORT, 'A wave is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER wave_is_never_removed BEFORE DELETE ON wave
BEGIN SELECT RAISE(ABORT, 'A wave is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER wave_is_never_replaced BEFORE INSERT ON wave
WHEN EXISTS (SELECT 1 FROM wave WHERE id = NEW.id OR (batch = NEW.batch AND number = NEW.number))
BEGIN SELECT RAISE(ABORT, 'A wave is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER wave_image_is_never_changed BEFORE UPDATE ON wave_image
BEGIN SELECT RAISE(ABORT, 'An image of a wave is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER wave_image_is_never_removed BEFORE DELETE ON wave_image
BEGIN SELECT RAISE(ABORT, 'An image of a wave is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER wave_image_is_never_replaced BEFORE INSERT ON wave_image
WHEN EXISTS (SELECT 1 FROM wave_image WHERE id = NEW.id OR (wave = NEW.wave AND image = NEW.image))
BEGIN SELECT RAISE(ABORT, 'An image of a wave is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER ruling_is_never_changed BEFORE UPDATE ON ruling
BEGIN SELECT RAISE(ABORT, 'A ruling is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER ruling_is_never_removed BEFORE DELETE ON ruling
BEGIN SELECT RAISE(ABORT, 'A ruling is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER ruling_is_never_replaced BEFORE INSERT ON ruling
WHEN EXISTS (SELECT 1 FROM ruling WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'A ruling is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER rollback_is_never_changed BEFORE UPDATE ON rollback
BEGIN SELECT RAISE(ABORT, 'A rollback is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER rollback_is_never_removed BEFORE DELETE ON rollback
BEGIN SELECT RAISE(ABORT, 'A rollback is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER rollback_is_never_replaced BEFORE INSERT ON rollback
WHEN EXISTS (SELECT 1 FROM rollback WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'A rollback is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER recall_is_never_changed BEFORE UPDATE ON recall
BEGIN SELECT RAISE(ABORT, 'A recall is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER recall_is_never_removed BEFORE DELETE ON recall
BEGIN SELECT RAISE(ABORT, 'A recall is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER recall_is_never_replaced BEFORE INSERT ON recall
WHEN EXISTS (SELECT 1 FROM recall WHERE id = NEW.id OR delivery = NEW.delivery)
BEGIN SELECT RAISE(ABORT, 'A recall is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER known_answer_is_never_changed BEFORE UPDATE ON known_answer
BEGIN SELECT RAISE(ABORT, 'A known answer is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER known_answer_is_never_removed BEFORE DELETE ON known_answer
BEGIN SELECT RAISE(ABORT, 'A known answer is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER known_answer_is_never_replaced BEFORE INSERT ON known_answer
WHEN EXISTS (SELECT 1 FROM known_answer WHERE id = NEW.id OR image = NEW.image)
BEGIN SELECT RAISE(ABORT, 'A known answer is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER legal_hold_is_never_changed BEFORE UPDATE ON legal_hold
BEGIN SELECT RAISE(ABORT, 'A legal hold is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER legal_hold_is_never_removed BEFORE DELETE ON legal_hold
BEGIN SELECT RAISE(ABORT, 'A legal hold is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER legal_hold_is_never_replaced BEFORE INSERT ON legal_hold
WHEN EXISTS (SELECT 1 FROM legal_hold WHERE id = NEW.id OR lifts = NEW.lifts)
BEGIN SELECT RAISE(ABORT, 'A legal hold is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER purge_is_never_changed BEFORE UPDATE ON purge
BEGIN SELECT RAISE(ABORT, 'A purge is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER purge_is_never_removed BEFORE DELETE ON purge
BEGIN SELECT RAISE(ABORT, 'A purge is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER purge_is_never_replaced BEFORE INSERT ON purge
WHEN EXISTS (SELECT 1 FROM purge WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'A purge is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER purged_file_is_never_changed BEFORE UPDATE ON purged_file
BEGIN SELECT RAISE(ABORT, 'A purged file is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER purged_file_is_never_removed BEFORE DELETE ON purged_file
BEGIN SELECT RAISE(ABORT, 'A purged file is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER purged_file_is_never_replaced BEFORE INSERT ON purged_file
WHEN EXISTS (SELECT 1 FROM purged_file WHERE id = NEW.id OR (purge = NEW.purge AND sha256 = NEW.sha256))
BEGIN SELECT RAISE(ABORT, 'A purged file is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER sale_import_is_never_changed BEFORE UPDATE ON sale_import
BEGIN SELECT RAISE(ABORT, 'An import of sales is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER sale_import_is_never_removed BEFORE DELETE ON sale_import
BEGIN SELECT RAISE(ABORT, 'An import of sales is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER sale_import_is_never_replaced BEFORE INSERT ON sale_import
WHEN EXISTS (SELECT 1 FROM sale_import WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'An import of sales is append-only; nothing recorded is ever replaced.'); END;
CREATE TRIGGER sale_is_never_changed BEFORE UPDATE ON sale
BEGIN SELECT RAISE(ABORT, 'A sale is append-only; nothing recorded is ever changed.'); END;
CREATE TRIGGER sale_is_never_removed BEFORE DELETE ON sale
BEGIN SELECT RAISE(ABORT, 'A sale is append-only; nothing recorded is ever removed.'); END;
CREATE TRIGGER sale_is_never_replaced BEFORE INSERT ON sale
WHEN EXISTS (SELECT 1 FROM sale WHERE sale_import = NEW.sale_import AND row = NEW.row)
BEGIN SELECT RAISE(ABORT, 'A sale is append-only; nothing recorded is ever replaced.'); END;

-- Where every image stands: what was rolled back waits again, what was sampled waits for its audit. What had been
-- signed off before an audit approved it stays signed off.
DROP VIEW settled_of_image;
CREATE VIEW settled_of_image AS
SELECT
    i.id AS image, i.batch AS batch, a.id AS attempt, v.id AS version, d.id AS decision, e.id AS delivery,
    CASE
        WHEN i.refusal IS NOT NULL THEN 'rejected'
        WHEN c.open = 0 AND a.error IS NOT NULL AND (a.refused = 1 OR d.action = 'reject') THEN 'rejected'
        WHEN c.open = 0 AND a.error IS NOT NULL THEN 'failed'
        WHEN v.id IS NULL THEN 'new'
        WHEN r.at > max(coalesce(d.at, 0), coalesce(e.created_at, 0)) THEN r.queue
        WHEN e.id IS NOT NULL AND (d.id IS NULL OR d.at < e.created_at) THEN 'delivered'
        WHEN d.action = 'reject' THEN 'rejected'
        WHEN d.action = 'redo' THEN 'redo'
        WHEN w.at > coalesce(d.at, 0) THEN 'audit'
        WHEN d.action = 'sign_off' THEN 'ready'
        WHEN d.action = 'approve' AND w.at < d.at AND coalesce((
            SELECT n.action FROM standing AS n
            WHERE n.image = i.id AND n.version = v.id AND n.at < w.at ORDER BY n.id DESC LIMIT 1
        ), '') = 'sign_off' AND coalesce(r.at, 0) < w.at THEN 'ready'
        WHEN d.action = 'approve' OR v.state = 'approved' THEN iif(v.needs_sign_off, 'sign_off', 'approved')
        ELSE v.state
    END AS state,
    CASE
        WHEN i.refusal IS NOT NULL THEN i.refusal
        WHEN c.open = 0 THEN a.error
    END AS error,
    max(coalesce(r.at, 0), coalesce(w.at, 0)) AS moved_at
FROM image AS i
JOIN claim AS c ON c.image = i.id
LEFT JOIN attempt AS a ON a.id = (SELECT max(n.id) FROM attempt AS n WHERE n.image = i.id)
LEFT JOIN version AS v ON v.id = (SELECT max(n.id) FROM version AS n WHERE n.image = i.id)
LEFT JOIN decision AS d
    ON d.id = (SELECT max(n.id) FROM standing AS n WHERE n.image = i.id AND n.version IS v.id)
LEFT JOIN delivery AS e ON e.id = (SELECT max(n.id) FROM delivery AS n WHERE n.version = v.id)
LEFT JOIN recall AS r ON r.id = (SELECT max(n.id) FROM recall AS n WHERE n.version = v.id)
LEFT JOIN wave AS w ON w.id = (SELECT max(n.wave) FROM wave_image AS n WHERE n.version = v.id AND n.sampled = 1);

-- A known answer is listed in the batch it is shown in until it is answered, and then nowhere.
DROP VIEW listing_as_it_is;
CREATE VIEW listing_as_it_is AS
SELECT
    s.image, coalesce(k.shown, s.batch) AS batch, s.state, s.error, s.version, s.decision,
    max(
        b.created_at, coalesce(a.at, 0), coalesce(v.created_at, 0), coalesce(d.at, 0), coalesce(e.created_at, 0),
        s.moved_at
    ) AS since,
    CAST(json_extract(o.outcome, '$.score.total') AS REAL) AS score,
    CASE
        WHEN o.id IS NULL THEN 0.0
        WHEN EXISTS (
            SELECT 1 FROM json_each(o.outcome, '$.gates') AS g WHERE NOT json_extract(g.value, '$.passed')
        ) THEN 1.0
        ELSE coalesce(
            (SELECT CAST(max(json_extract(f.value, '$.probability')) AS REAL) FROM json_each(o.outcome, '$.flags') AS f),
            0.0
        )
    END AS risk,
    coalesce((
        SELECT ' ' || group_concat(json_extract(f.value, '$.name'), ' ') || ' '
        FROM json_each(o.outcome, '$.flags') AS f
    ), '') AS flags,
    coalesce((
        SELECT ' ' || group_concat(json_extract(g.value, '$.name'), ' ') || ' '
        FROM json_each(o.outcome, '$.gates') AS g WHERE NOT json_extract(g.value, '$.passed')
    ), '') AS failed,
    json_extract(o.outcome, '$.thumbnail') AS thumbnail,
    json_extract(o.outcome, '$.original_thumbnail') AS original_thumbnail
FROM settled_of_image AS s
JOIN batch AS b ON b.id = s.batch
LEFT JOIN known_answer AS k ON k.image = s.image
LEFT JOIN attempt AS a ON a.id = s.attempt
LEFT JOIN version AS v ON v.id = s.version
LEFT JOIN attempt AS o ON o.id = v.attempt
LEFT JOIN decision AS d ON d.id = s.decision
LEFT JOIN delivery AS e ON e.id = s.delivery
WHERE k.id IS NULL OR s.decision IS NULL;

CREATE TRIGGER listing_follows_a_sample AFTER INSERT ON wave_image WHEN NEW.sampled = 1
BEGIN
    UPDATE listing SET (state, error, decision, since) = (
        SELECT state, error, decision, since FROM listing_as_it_is WHERE image = NEW.image
    ) WHERE image = NEW.image;
END;
CREATE TRIGGER listing_follows_a_recall AFTER INSERT ON recall
BEGIN
    UPDATE listing SET (state, error, decision, since) = (
        SELECT state, error, decision, since FROM listing_as_it_is WHERE image = NEW.image
    ) WHERE image = NEW.image;
END;
CREATE TRIGGER listing_shows_a_known_answer AFTER INSERT ON known_answer
BEGIN
    UPDATE listing SET batch = NEW.shown WHERE image = NEW.image;
END;
-- The trigger for every decision would set what the view has no row for any more; for a known answer this one does it.
DROP TRIGGER listing_follows_a_decision;
CREATE TRIGGER listing_follows_a_decision AFTER INSERT ON decision
WHEN NOT EXISTS (SELECT 1 FROM known_answer AS k WHERE k.image = NEW.image)
BEGIN
    UPDATE listing SET (state, error, decision, since) = (
        SELECT state, error, decision, since FROM listing_as_it_is WHERE image = NEW.image
    ) WHERE image = NEW.image;
END;
CREATE TRIGGER listing_follows_an_answer AFTER INSERT ON decision
WHEN EXISTS (SELECT 1 FROM known_answer AS k WHERE k.image = NEW.image)
BEGIN
    DELETE FROM listing WHERE image = NEW.image;
    INSERT INTO listing SELECT * FROM listing_as_it_is WHERE image = NEW.image;
END;

-- What leaves must obey, whoever writes it.
CREATE TRIGGER delivery_waits_for_its_wave BEFORE INSERT ON delivery
WHEN EXISTS (
    SELECT 1 FROM version AS v JOIN image AS i ON i.id = v.image JOIN wave_state AS s ON s.batch = i.batch
    WHERE v.id = NEW.version AND s.state <> 'rolled_back'
) AND NOT EXISTS (
    SELECT 1 FROM wave_image AS m JOIN wave_state AS s ON s.wave = m.wave
    WHERE m.version = NEW.version AND s.state = 'released'
) AND NOT EXISTS (SELECT 1 FROM delivery AS e WHERE e.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'This batch leaves in waves, and this image is in none that was released; release the next wave first.'); END;
CREATE TRIGGER delivery_stops_with_its_batch BEFORE INSERT ON delivery
WHEN EXISTS (
    SELECT 1 FROM version AS v JOIN image AS i ON i.id = v.image JOIN wave_state AS s ON s.batch = i.batch
    WHERE v.id = NEW.version AND s.state = 'stopped'
)
BEGIN SELECT RAISE(ABORT, 'This batch was stopped by its sample; nothing of it leaves until the stopped wave is rolled back.'); END;
CREATE TRIGGER delivery_is_never_a_known_answer BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM version AS v JOIN known_answer AS k ON k.image = v.image WHERE v.id = NEW.version)
BEGIN SELECT RAISE(ABORT, 'This image tests the reviewers and never leaves.'); END;
CREATE TRIGGER wave_has_no_known_answer BEFORE INSERT ON wave_image
WHEN EXISTS (SELECT 1 FROM known_answer AS k WHERE k.image = NEW.image)
BEGIN SELECT RAISE(ABORT, 'This image tests the reviewers and never leaves.'); END;
CREATE TRIGGER audit_is_given_by_another_person BEFORE INSERT ON decision
WHEN NEW.action = 'approve' AND (
    EXISTS (
        SELECT 1 FROM standing AS s WHERE s.image = NEW.image AND s.version = NEW.version
            AND s.action IN ('approve', 'sign_off') AND s.person = NEW.person
    ) OR NEW.person = (
        SELECT a.author FROM version AS v JOIN attempt AS a ON a.id = v.attempt WHERE v.id = NEW.version
    )
) AND EXISTS (SELECT 1 FROM wave_image AS m WHERE m.version = NEW.version AND m.sampled = 1)
    AND (SELECT s.state FROM settled_of_image AS s WHERE s.image = NEW.image) = 'audit'
BEGIN SELECT RAISE(ABORT, 'An audit must come from another person than the one who made, approved or signed off this version.'); END;
