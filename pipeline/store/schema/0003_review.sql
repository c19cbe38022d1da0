-- What the review window needs of the database: quick lists, who has an image open, who may sign off, and the grace.

-- Where every image stands, whether or not the line has it in hand right now.
CREATE VIEW settled_of_image AS
SELECT
    i.id AS image, i.batch AS batch, a.id AS attempt, v.id AS version, d.id AS decision, e.id AS delivery,
    CASE
        WHEN i.refusal IS NOT NULL THEN 'rejected'
        WHEN c.open = 0 AND a.error IS NOT NULL AND (a.refused = 1 OR d.action = 'reject') THEN 'rejected'
        WHEN c.open = 0 AND a.error IS NOT NULL THEN 'failed'
        WHEN v.id IS NULL THEN 'new'
        WHEN e.id IS NOT NULL AND (d.id IS NULL OR d.at < e.created_at) THEN 'delivered'
        WHEN d.action = 'reject' THEN 'rejected'
        WHEN d.action = 'redo' THEN 'redo'
        WHEN d.action = 'sign_off' THEN 'ready'
        WHEN d.action = 'approve' OR v.state = 'approved' THEN iif(v.needs_sign_off, 'sign_off', 'approved')
        ELSE v.state
    END AS state,
    CASE
        WHEN i.refusal IS NOT NULL THEN i.refusal
        WHEN c.open = 0 THEN a.error
    END AS error
FROM image AS i
JOIN claim AS c ON c.image = i.id
LEFT JOIN attempt AS a ON a.id = (SELECT max(n.id) FROM attempt AS n WHERE n.image = i.id)
LEFT JOIN version AS v ON v.id = (SELECT max(n.id) FROM version AS n WHERE n.image = i.id)
LEFT JOIN decision AS d
    ON d.id = (SELECT max(n.id) FROM standing AS n WHERE n.image = i.id AND n.version IS v.id)
LEFT JOIN delivery AS e ON e.id = (SELECT max(n.id) FROM delivery AS n WHERE n.version = v.id);

DROP VIEW queue_of_image;
DROP VIEW standing_of_image;
CREATE VIEW standing_of_image AS
SELECT
    s.image, s.batch, s.attempt, s.version, s.decision, s.delivery,
    CASE
        WHEN s.error IS NULL
            AND c.lease_until > CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000000 THEN 'processing'
        ELSE s.state
    END AS state,
    s.error
FROM settled_of_image AS s JOIN claim AS c ON c.image = s.image;
CREATE VIEW queue_of_image AS
SELECT image, batch, state AS queue FROM standing_of_image
WHERE state IN ('edit', 'review', 'redo', 'audit', 'sign_off');

-- The narrow copy that lists read: one small row per image, kept true by the triggers below.
-- `since`: when it came to stand there. `risk`: 1 where a gate failed, else the likeliest flag's probability.
-- `flags` and `failed`: names of flags and failed gates, each between spaces, as the score found them.
CREATE TABLE listing (
    image INTEGER PRIMARY KEY REFERENCES image (id),
    batch INTEGER NOT NULL REFERENCES batch (id),
    state TEXT NOT NULL,
    error TEXT,
    version INTEGER,
    decision INTEGER,
    since INTEGER NOT NULL,
    score REAL,
    risk REAL NOT NULL,
    flags TEXT NOT NULL,
    failed TEXT NOT NULL,
    thumbnail TEXT,
    original_thumbnail TEXT
) STRICT;
CREATE INDEX listing_by_state ON listing (batch, state, image);

CREATE VIEW listing_as_it_is AS
SELECT
    s.image, s.batch, s.state, s.error, s.version, s.decision,
    max(
        b.created_at, coalesce(a.at, 0), coalesce(v.created_at, 0), coalesce(d.at, 0), coalesce(e.created_at, 0)
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
LEFT JOIN attempt AS a ON a.id = s.attempt
LEFT JOIN version AS v ON v.id = s.version
LEFT JOIN attempt AS o ON o.id = v.attempt
LEFT JOIN decision AS d ON d.id = s.decision
LEFT JOIN delivery AS e ON e.id = s.delivery;

INSERT INTO listing SELECT * FROM listing_as_it_is;

CREATE TRIGGER listing_gets_a_row AFTER INSERT ON claim
BEGIN
    INSERT INTO listing SELECT * FROM listing_as_it_is WHERE image = NEW.image;
END;
CREATE TRIGGER listing_follows_a_claim AFTER UPDATE OF open ON claim
BEGIN
    UPDATE listing SET (
        state, error, version, decision, since, score, risk, flags, failed, thumbnail, original_thumbnail
    ) = (
        SELECT state, error, version, decision, since, score, risk, flags, failed, thumbnail, original_thumbnail
        FROM listing_as_it_is WHERE image = NEW.image
    ) WHERE image = NEW.image;
END;
CREATE TRIGGER listing_follows_a_version AFTER INSERT ON version
BEGIN
    UPDATE listing SET (
        state, error, version, decision, since, score, risk, flags, failed, thumbnail, original_thumbnail
    ) = (
        SELECT state, error, version, decision, since, score, risk, flags, failed, thumbnail, original_thumbnail
        FROM listing_as_it_is WHERE image = NEW.image
    ) WHERE image = NEW.image;
END;
CREATE TRIGGER listing_follows_a_decision AFTER INSERT ON decision
BEGIN
    UPDATE listing SET (state, error, decision, since) = (
        SELECT state, error, decision, since FROM listing_as_it_is WHERE image = NEW.image
    ) WHERE image = NEW.image;
END;
CREATE TRIGGER listing_follows_a_delivery AFTER INSERT ON delivery
BEGIN
    UPDATE listing SET (state, error, decision, since) = (
        SELECT s.state, s.error, s.decision, s.since FROM listing_as_it_is AS s
        WHERE s.image = (SELECT v.image FROM version AS v WHERE v.id = NEW.version)
    ) WHERE image = (SELECT v.image FROM version AS v WHERE v.id = NEW.version);
END;

-- Who has an image open in a window: a lease with a heartbeat. `sitting` is one window, `holder` its program.
CREATE TABLE hold (
    image INTEGER PRIMARY KEY REFERENCES image (id),
    person INTEGER NOT NULL REFERENCES person (id),
    sitting TEXT NOT NULL CHECK (sitting <> ''),
    holder TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT;
CREATE INDEX hold_of_sitting ON hold (sitting);

-- An image that a senior took out of somebody's hands.
CREATE TABLE takeover (
    id INTEGER PRIMARY KEY,
    image INTEGER NOT NULL REFERENCES image (id),
    holder INTEGER NOT NULL REFERENCES person (id),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER decision_waits_for_the_holder BEFORE INSERT ON decision
WHEN EXISTS (
    SELECT 1 FROM hold AS h WHERE h.image = NEW.image AND h.person <> NEW.person
        AND h.until > CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000000
)
BEGIN SELECT RAISE(ABORT, 'Somebody else has this image open; wait for them, or have a senior take it over.'); END;

-- Who works here: the newest row of a person counts. `pin` is scrypt of their PIN with `salt`, both in hex, or empty.
CREATE TABLE member (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('editor', 'senior')),
    salt TEXT NOT NULL,
    pin TEXT NOT NULL,
    voucher INTEGER REFERENCES person (id),
    at INTEGER NOT NULL,
    CHECK ((salt = '') = (pin = ''))
) STRICT;
CREATE INDEX member_of_person ON member (person, id);

CREATE TRIGGER member_is_never_changed BEFORE UPDATE ON member
BEGIN SELECT RAISE(ABORT, 'Who works here is only ever added to.'); END;
CREATE TRIGGER member_is_never_removed BEFORE DELETE ON member
BEGIN SELECT RAISE(ABORT, 'Who works here is only ever added to.'); END;
CREATE TRIGGER member_is_never_replaced BEFORE INSERT ON member
WHEN EXISTS (SELECT 1 FROM member WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'Who works here is only ever added to.'); END;
CREATE TRIGGER takeover_is_never_changed BEFORE UPDATE ON takeover
BEGIN SELECT RAISE(ABORT, 'What a senior took over stays on record.'); END;
CREATE TRIGGER takeover_is_never_removed BEFORE DELETE ON takeover
BEGIN SELECT RAISE(ABORT, 'What a senior took over stays on record.'); END;

-- Once one senior has a PIN, only a senior who has one makes further seniors.
CREATE TRIGGER senior_is_vouched_for BEFORE INSERT ON member
WHEN NEW.role = 'senior'
    AND coalesce((SELECT m.role FROM member AS m WHERE m.person = NEW.person ORDER BY m.id DESC LIMIT 1), '') <> 'senior'
    AND EXISTS (SELECT 1 FROM member AS m WHERE m.role = 'senior' AND m.pin <> '')
    AND NOT EXISTS (
        SELECT 1 FROM member AS m WHERE m.person = NEW.voucher AND m.role = 'senior' AND m.pin <> ''
            AND m.id = (SELECT max(n.id) FROM member AS n WHERE n.person = NEW.voucher)
    )
BEGIN SELECT RAISE(ABORT, 'A senior must vouch for another one with their own PIN.'); END;

CREATE TRIGGER senior_is_a_known_senior BEFORE INSERT ON decision
WHEN NEW.action = 'sign_off' AND NEW.role = 'senior' AND coalesce(
    (SELECT m.role FROM member AS m WHERE m.person = NEW.person ORDER BY m.id DESC LIMIT 1), ''
) <> 'senior'
BEGIN SELECT RAISE(ABORT, 'Only a person known here as a senior can sign off.'); END;

-- The last person whose hand was on the image, whoever ran the line over it since.
CREATE TRIGGER sign_off_is_not_given_by_the_last_editor BEFORE INSERT ON decision
WHEN NEW.action = 'sign_off' AND NEW.person = (
    SELECT a.author FROM version AS v JOIN attempt AS a ON a.id = v.attempt
    WHERE v.image = NEW.image AND v.id <= NEW.version AND a.author IS NOT NULL ORDER BY v.id DESC LIMIT 1
)
BEGIN SELECT RAISE(ABORT, 'A sign-off must come from another person than the one who made or approved this version.'); END;

CREATE TRIGGER version_by_hand_needs_sign_off BEFORE INSERT ON version
WHEN NEW.needs_sign_off = 0 AND (SELECT a.author FROM attempt AS a WHERE a.id = NEW.attempt) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'What a person made needs the sign-off of another person.'); END;

-- A decision of the window may be taken back silently until then; nothing leaves on it before.
CREATE TABLE grace (
    decision INTEGER PRIMARY KEY REFERENCES decision (id),
    until INTEGER NOT NULL
) STRICT;
-- Closing a batch ends the grace of all that was decided in it until then.
CREATE TABLE closing (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX closing_of_batch ON closing (batch, at);

CREATE VIEW in_grace AS
SELECT d.image, i.batch, d.version, d.id AS decision, g.until
FROM grace AS g JOIN decision AS d ON d.id = g.decision JOIN image AS i ON i.id = d.image
WHERE g.until > CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000000
    AND NOT EXISTS (SELECT 1 FROM decision AS r WHERE r.retracts = d.id)
    AND NOT EXISTS (SELECT 1 FROM closing AS c WHERE c.batch = i.batch AND c.at >= d.at);

CREATE TRIGGER delivery_waits_for_the_grace BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM in_grace AS w WHERE w.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'The decision about this image may still be taken back; wait a moment or close the batch.'); END;
