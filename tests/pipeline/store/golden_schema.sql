CREATE INDEX attempt_of_image ON attempt (image, id);

CREATE INDEX claim_free ON claim (batch, lease_until, image) WHERE open = 1 AND tries < 3;

CREATE INDEX claim_of_holder ON claim (holder) WHERE holder IS NOT NULL;

CREATE INDEX claim_of_owner ON claim (owner) WHERE owner IS NOT NULL;

CREATE INDEX claim_open ON claim (batch, image) WHERE open = 1;

CREATE INDEX claim_tired ON claim (batch, image) WHERE open = 1 AND tries >= 3;

CREATE INDEX closing_of_batch ON closing (batch, at);

CREATE INDEX decision_of_image ON decision (image, id);

CREATE INDEX decision_of_person ON decision (person, id);

CREATE INDEX delivery_by_place ON delivery (platform, name, id);

CREATE INDEX delivery_of_version ON delivery (version, id);

CREATE INDEX hold_of_sitting ON hold (sitting);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE INDEX image_by_file ON image (file);

CREATE INDEX image_of_batch ON image (batch, id);

CREATE INDEX known_answer_kept_in ON known_answer (kept_in);

CREATE INDEX known_answer_of_wave ON known_answer (wave);

CREATE INDEX listing_by_state ON listing (batch, state, image);

CREATE INDEX member_of_person ON member (person, id);

CREATE INDEX naming_of_image ON naming (image, id);

CREATE INDEX purged_file_by_name ON purged_file (sha256);

CREATE INDEX recall_of_rollback ON recall (rollback);

CREATE INDEX recall_of_version ON recall (version, id);

CREATE INDEX rollback_of_batch ON rollback (batch, id);

CREATE INDEX ruling_of_wave ON ruling (wave, id);

CREATE INDEX sale_of_sku ON sale (sku, day, sale_import);

CREATE INDEX sample_of_version ON wave_image (version, wave) WHERE sampled = 1;

CREATE INDEX version_of_image ON version (image, id);

CREATE INDEX wave_of_version ON wave_image (version, wave);

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
) STRICT;

CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    image INTEGER NOT NULL REFERENCES image (id),
    token INTEGER NOT NULL,
    owner TEXT NOT NULL,
    author INTEGER REFERENCES person (id),
    outcome TEXT NOT NULL CHECK (json_valid(outcome)),
    error TEXT,
    refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
    at INTEGER NOT NULL,
    UNIQUE (image, token),
    UNIQUE (id, image)
) STRICT;

CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    client TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE claim (
    image INTEGER PRIMARY KEY REFERENCES image (id),
    batch INTEGER NOT NULL REFERENCES batch (id),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    owner TEXT,
    holder TEXT,
    token INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE closing (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    image INTEGER NOT NULL REFERENCES image (id),
    version INTEGER,
    action TEXT NOT NULL CHECK (action IN ('approve', 'reject', 'redo', 'sign_off', 'retract')),
    person INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('editor', 'senior')),
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    at INTEGER NOT NULL,
    seconds REAL NOT NULL,
    retracts INTEGER UNIQUE,
    repeats INTEGER UNIQUE,
    CHECK ((action = 'retract') = (retracts IS NOT NULL)),
    CHECK (version IS NOT NULL OR action IN ('reject', 'retract')),
    UNIQUE (id, image, person),
    FOREIGN KEY (version, image) REFERENCES version (id, image),
    FOREIGN KEY (retracts, image, person) REFERENCES decision (id, image, person),
    FOREIGN KEY (repeats, image, person) REFERENCES decision (id, image, person)
) STRICT;

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES version (id),
    platform TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    report TEXT NOT NULL CHECK (json_valid(report)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE display (
    decision INTEGER PRIMARY KEY REFERENCES decision (id),
    profile TEXT NOT NULL
) STRICT;

CREATE TABLE "event" (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''),
    subject INTEGER NOT NULL,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    UNIQUE (kind, subject)
) STRICT;

CREATE TABLE grace (
    decision INTEGER PRIMARY KEY REFERENCES decision (id),
    until INTEGER NOT NULL
) STRICT;

CREATE TABLE grouped_image (
    image INTEGER PRIMARY KEY REFERENCES image (id),
    shoot_group INTEGER NOT NULL REFERENCES shoot_group (id)
) STRICT;

CREATE TABLE hold (
    image INTEGER PRIMARY KEY REFERENCES image (id),
    person INTEGER NOT NULL REFERENCES person (id),
    sitting TEXT NOT NULL CHECK (sitting <> ''),
    holder TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT;

CREATE TABLE image (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    file TEXT NOT NULL CHECK (file <> ''),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64 OR refusal IS NOT NULL),
    bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    sku TEXT NOT NULL,
    asin TEXT NOT NULL,
    gtin TEXT NOT NULL,
    category TEXT NOT NULL,
    tags TEXT NOT NULL CHECK (json_valid(tags)),
    shoot_group TEXT NOT NULL,
    client TEXT NOT NULL,
    reference TEXT NOT NULL,
    inside TEXT NOT NULL,
    notes TEXT NOT NULL CHECK (json_valid(notes)),
    refusal TEXT,
    UNIQUE (batch, file)
) STRICT;

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

CREATE TABLE naming (
    id INTEGER PRIMARY KEY,
    image INTEGER NOT NULL REFERENCES image (id),
    field TEXT NOT NULL CHECK (field IN ('sku', 'asin', 'gtin', 'angle')),
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    CHECK (became <> was)
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    key TEXT NOT NULL UNIQUE CHECK (key <> '' AND key <> 'line')
) STRICT;

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

CREATE TABLE rollback (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    wave INTEGER REFERENCES wave (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE ruling (
    id INTEGER PRIMARY KEY,
    wave INTEGER NOT NULL REFERENCES wave (id),
    action TEXT NOT NULL CHECK (action IN ('release', 'stop')),
    reason TEXT NOT NULL CHECK (reason <> ''),
    figures TEXT NOT NULL CHECK (json_valid(figures)),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE sale (
    sale_import INTEGER NOT NULL REFERENCES sale_import (id),
    row INTEGER NOT NULL,
    sku TEXT NOT NULL CHECK (sku <> ''),
    day TEXT NOT NULL CHECK (day = date(day)),
    sold INTEGER NOT NULL CHECK (sold >= 0),
    returned INTEGER NOT NULL CHECK (returned >= 0),
    PRIMARY KEY (sale_import, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_import (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    mapping TEXT NOT NULL CHECK (json_valid(mapping)),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE shoot_group (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    name TEXT NOT NULL CHECK (name <> ''),
    red REAL CHECK (red > 0),
    blue REAL CHECK (blue > 0),
    source TEXT NOT NULL CHECK (source IN ('', 'card', 'backdrop')),
    lightness REAL NOT NULL,
    CHECK ((red IS NULL) = (blue IS NULL) AND (red IS NULL) = (source = '')),
    UNIQUE (batch, name)
) STRICT;

CREATE TABLE step (
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    position INTEGER NOT NULL,
    stage TEXT NOT NULL,
    tool TEXT NOT NULL,
    version TEXT NOT NULL,
    weights TEXT,
    settings TEXT NOT NULL,
    seed INTEGER NOT NULL,
    actor TEXT NOT NULL,
    seconds REAL NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (attempt, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE takeover (
    id INTEGER PRIMARY KEY,
    image INTEGER NOT NULL REFERENCES image (id),
    holder INTEGER NOT NULL REFERENCES person (id),
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    image INTEGER NOT NULL REFERENCES image (id),
    parent INTEGER,
    attempt INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('approved', 'edit', 'review', 'redo', 'audit', 'sign_off')),
    needs_sign_off INTEGER NOT NULL CHECK (needs_sign_off IN (0, 1)),
    created_at INTEGER NOT NULL,
    UNIQUE (id, image),
    FOREIGN KEY (attempt, image) REFERENCES attempt (id, image),
    FOREIGN KEY (parent, image) REFERENCES version (id, image)
) STRICT;

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

CREATE TRIGGER attempt_is_never_changed BEFORE UPDATE ON attempt
BEGIN SELECT RAISE(ABORT, 'An attempt is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER attempt_is_never_removed BEFORE DELETE ON attempt
BEGIN SELECT RAISE(ABORT, 'An attempt is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER attempt_is_never_replaced BEFORE INSERT ON attempt
WHEN EXISTS (SELECT 1 FROM attempt WHERE id = NEW.id OR (image = NEW.image AND token = NEW.token))
BEGIN SELECT RAISE(ABORT, 'An attempt is append-only; nothing recorded is ever replaced.'); END;

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

CREATE TRIGGER decision_is_about_the_current_version BEFORE INSERT ON decision
WHEN NEW.action <> 'retract' AND NEW.version IS NOT (SELECT max(id) FROM version WHERE image = NEW.image)
BEGIN SELECT RAISE(ABORT, 'The image has a newer version than the one decided about; look at it again.'); END;

CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'A decision is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER decision_is_never_removed BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'A decision is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER decision_is_never_replaced BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM decision WHERE retracts = NEW.retracts)
    OR EXISTS (SELECT 1 FROM decision WHERE repeats = NEW.repeats)
BEGIN SELECT RAISE(ABORT, 'A decision is append-only and taken back at most once; nothing recorded is ever replaced.'); END;

CREATE TRIGGER decision_waits_for_the_holder BEFORE INSERT ON decision
WHEN EXISTS (
    SELECT 1 FROM hold AS h WHERE h.image = NEW.image AND h.person <> NEW.person
        AND h.until > CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000000
)
BEGIN SELECT RAISE(ABORT, 'Somebody else has this image open; wait for them, or have a senior take it over.'); END;

CREATE TRIGGER delivered_decision_stands BEFORE INSERT ON decision
WHEN NEW.action = 'retract' AND EXISTS (
    SELECT 1 FROM decision AS t JOIN delivery AS e ON e.version = t.version
    WHERE t.id = NEW.retracts AND t.action IN ('approve', 'sign_off') AND e.created_at > t.at
)
BEGIN SELECT RAISE(ABORT, 'This image has been delivered since; reject it or send it back instead of taking the decision back.'); END;

CREATE TRIGGER delivery_is_never_a_known_answer BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM version AS v JOIN known_answer AS k ON k.image = v.image WHERE v.id = NEW.version)
BEGIN SELECT RAISE(ABORT, 'This image tests the reviewers and never leaves.'); END;

CREATE TRIGGER delivery_is_never_changed BEFORE UPDATE ON delivery
BEGIN SELECT RAISE(ABORT, 'A delivery is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER delivery_is_never_removed BEFORE DELETE ON delivery
BEGIN SELECT RAISE(ABORT, 'A delivery is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER delivery_is_never_replaced BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM delivery WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'A delivery is append-only; nothing recorded is ever replaced.'); END;

CREATE TRIGGER delivery_is_of_a_releasable_version BEFORE INSERT ON delivery
WHEN NOT EXISTS (
    SELECT 1 FROM version AS v JOIN standing_of_image AS s ON s.image = v.image
    WHERE v.id = NEW.version AND s.version = v.id AND s.state IN ('approved', 'ready', 'delivered')
)
BEGIN SELECT RAISE(ABORT, 'Only the current version of an approved or signed-off image can be delivered.'); END;

CREATE TRIGGER delivery_stops_with_its_batch BEFORE INSERT ON delivery
WHEN EXISTS (
    SELECT 1 FROM version AS v JOIN image AS i ON i.id = v.image JOIN wave_state AS s ON s.batch = i.batch
    WHERE v.id = NEW.version AND s.state = 'stopped'
)
BEGIN SELECT RAISE(ABORT, 'This batch was stopped by its sample; nothing of it leaves until the stopped wave is rolled back.'); END;

CREATE TRIGGER delivery_waits_for_its_wave BEFORE INSERT ON delivery
WHEN EXISTS (
    SELECT 1 FROM version AS v JOIN image AS i ON i.id = v.image JOIN wave_state AS s ON s.batch = i.batch
    WHERE v.id = NEW.version AND s.state <> 'rolled_back'
) AND NOT EXISTS (
    SELECT 1 FROM wave_image AS m JOIN wave_state AS s ON s.wave = m.wave
    WHERE m.version = NEW.version AND s.state = 'released'
) AND NOT EXISTS (SELECT 1 FROM delivery AS e WHERE e.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'This batch leaves in waves, and this image is in none that was released; release the next wave first.'); END;

CREATE TRIGGER delivery_waits_for_the_grace BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM in_grace AS w WHERE w.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'The decision about this image may still be taken back; wait a moment or close the batch.'); END;

CREATE TRIGGER display_is_never_changed BEFORE UPDATE ON display
BEGIN SELECT RAISE(ABORT, 'The display of a decision stays on record.'); END;

CREATE TRIGGER display_is_never_removed BEFORE DELETE ON display
BEGIN SELECT RAISE(ABORT, 'The display of a decision stays on record.'); END;

CREATE TRIGGER display_is_never_replaced BEFORE INSERT ON display
WHEN EXISTS (SELECT 1 FROM display WHERE decision = NEW.decision)
BEGIN SELECT RAISE(ABORT, 'The display of a decision stays on record.'); END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'An event is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'An event is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq OR hash = NEW.hash)
    OR EXISTS (SELECT 1 FROM event WHERE kind = NEW.kind AND subject = NEW.subject)
BEGIN SELECT RAISE(ABORT, 'An event is append-only; nothing recorded is ever replaced.'); END;

CREATE TRIGGER grouped_image_is_never_changed BEFORE UPDATE ON grouped_image
BEGIN SELECT RAISE(ABORT, 'An image keeps its shoot group; results were made with it.'); END;

CREATE TRIGGER grouped_image_is_never_removed BEFORE DELETE ON grouped_image
BEGIN SELECT RAISE(ABORT, 'An image keeps its shoot group; results were made with it.'); END;

CREATE TRIGGER grouped_image_is_never_replaced BEFORE INSERT ON grouped_image
WHEN EXISTS (SELECT 1 FROM grouped_image WHERE image = NEW.image)
BEGIN SELECT RAISE(ABORT, 'An image keeps its shoot group; results were made with it.'); END;

CREATE TRIGGER image_is_never_removed BEFORE DELETE ON image
BEGIN SELECT RAISE(ABORT, 'An image is never removed from its batch.'); END;

CREATE TRIGGER image_is_never_replaced BEFORE INSERT ON image
WHEN EXISTS (SELECT 1 FROM image WHERE id = NEW.id OR (batch = NEW.batch AND file = NEW.file))
BEGIN SELECT RAISE(ABORT, 'Two files of a batch have the same name; rename one of them.'); END;

CREATE TRIGGER image_keeps_its_original BEFORE UPDATE OF id, batch, file, sha256, bytes, refusal ON image
BEGIN SELECT RAISE(ABORT, 'An image keeps the original it was ingested with.'); END;

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

CREATE TRIGGER listing_follows_a_claim AFTER UPDATE OF open ON claim
BEGIN
    UPDATE listing SET (
        state, error, version, decision, since, score, risk, flags, failed, thumbnail, original_thumbnail
    ) = (
        SELECT state, error, version, decision, since, score, risk, flags, failed, thumbnail, original_thumbnail
        FROM listing_as_it_is WHERE image = NEW.image
    ) WHERE image = NEW.image;
END;

CREATE TRIGGER listing_follows_a_decision AFTER INSERT ON decision
WHEN NOT EXISTS (SELECT 1 FROM known_answer AS k WHERE k.image = NEW.image)
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

CREATE TRIGGER listing_follows_a_recall AFTER INSERT ON recall
BEGIN
    UPDATE listing SET (state, error, decision, since) = (
        SELECT state, error, decision, since FROM listing_as_it_is WHERE image = NEW.image
    ) WHERE image = NEW.image;
END;

CREATE TRIGGER listing_follows_a_sample AFTER INSERT ON wave_image WHEN NEW.sampled = 1
BEGIN
    UPDATE listing SET (state, error, decision, since) = (
        SELECT state, error, decision, since FROM listing_as_it_is WHERE image = NEW.image
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

CREATE TRIGGER listing_follows_an_answer AFTER INSERT ON decision
WHEN EXISTS (SELECT 1 FROM known_answer AS k WHERE k.image = NEW.image)
BEGIN
    DELETE FROM listing WHERE image = NEW.image;
    INSERT INTO listing SELECT * FROM listing_as_it_is WHERE image = NEW.image;
END;

CREATE TRIGGER listing_gets_a_row AFTER INSERT ON claim
BEGIN
    INSERT INTO listing SELECT * FROM listing_as_it_is WHERE image = NEW.image;
END;

CREATE TRIGGER listing_shows_a_known_answer AFTER INSERT ON known_answer
BEGIN
    UPDATE listing SET batch = NEW.shown WHERE image = NEW.image;
END;

CREATE TRIGGER member_is_never_changed BEFORE UPDATE ON member
BEGIN SELECT RAISE(ABORT, 'Who works here is only ever added to.'); END;

CREATE TRIGGER member_is_never_removed BEFORE DELETE ON member
BEGIN SELECT RAISE(ABORT, 'Who works here is only ever added to.'); END;

CREATE TRIGGER member_is_never_replaced BEFORE INSERT ON member
WHEN EXISTS (SELECT 1 FROM member WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'Who works here is only ever added to.'); END;

CREATE TRIGGER naming_is_never_changed BEFORE UPDATE ON naming
BEGIN SELECT RAISE(ABORT, 'A corrected name is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER naming_is_never_removed BEFORE DELETE ON naming
BEGIN SELECT RAISE(ABORT, 'A corrected name is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER naming_is_never_replaced BEFORE INSERT ON naming
WHEN EXISTS (SELECT 1 FROM naming WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'A corrected name is append-only; nothing recorded is ever replaced.'); END;

CREATE TRIGGER person_is_never_changed BEFORE UPDATE ON person
BEGIN SELECT RAISE(ABORT, 'A person who decided stays that person.'); END;

CREATE TRIGGER person_is_never_removed BEFORE DELETE ON person
BEGIN SELECT RAISE(ABORT, 'A person who decided stays on record.'); END;

CREATE TRIGGER person_is_never_replaced BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM person WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'A person who decided stays on record.'); END;

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

CREATE TRIGGER recall_is_never_changed BEFORE UPDATE ON recall
BEGIN SELECT RAISE(ABORT, 'A recall is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER recall_is_never_removed BEFORE DELETE ON recall
BEGIN SELECT RAISE(ABORT, 'A recall is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER recall_is_never_replaced BEFORE INSERT ON recall
WHEN EXISTS (SELECT 1 FROM recall WHERE id = NEW.id OR delivery = NEW.delivery)
BEGIN SELECT RAISE(ABORT, 'A recall is append-only; nothing recorded is ever replaced.'); END;

CREATE TRIGGER retraction_takes_back_a_decision BEFORE INSERT ON decision
WHEN NEW.action = 'retract' AND (SELECT action FROM decision WHERE id = NEW.retracts) = 'retract'
BEGIN SELECT RAISE(ABORT, 'A retraction cannot be retracted; decide again instead.'); END;

CREATE TRIGGER rollback_is_never_changed BEFORE UPDATE ON rollback
BEGIN SELECT RAISE(ABORT, 'A rollback is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER rollback_is_never_removed BEFORE DELETE ON rollback
BEGIN SELECT RAISE(ABORT, 'A rollback is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER rollback_is_never_replaced BEFORE INSERT ON rollback
WHEN EXISTS (SELECT 1 FROM rollback WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'A rollback is append-only; nothing recorded is ever replaced.'); END;

CREATE TRIGGER ruling_is_never_changed BEFORE UPDATE ON ruling
BEGIN SELECT RAISE(ABORT, 'A ruling is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER ruling_is_never_removed BEFORE DELETE ON ruling
BEGIN SELECT RAISE(ABORT, 'A ruling is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER ruling_is_never_replaced BEFORE INSERT ON ruling
WHEN EXISTS (SELECT 1 FROM ruling WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'A ruling is append-only; nothing recorded is ever replaced.'); END;

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

CREATE TRIGGER senior_is_a_known_senior BEFORE INSERT ON decision
WHEN NEW.action = 'sign_off' AND NEW.role = 'senior' AND coalesce(
    (SELECT m.role FROM member AS m WHERE m.person = NEW.person ORDER BY m.id DESC LIMIT 1), ''
) <> 'senior'
BEGIN SELECT RAISE(ABORT, 'Only a person known here as a senior can sign off.'); END;

CREATE TRIGGER senior_is_vouched_for BEFORE INSERT ON member
WHEN NEW.role = 'senior'
    AND coalesce((SELECT m.role FROM member AS m WHERE m.person = NEW.person ORDER BY m.id DESC LIMIT 1), '') <> 'senior'
    AND EXISTS (SELECT 1 FROM member AS m WHERE m.role = 'senior' AND m.pin <> '')
    AND NOT EXISTS (
        SELECT 1 FROM member AS m WHERE m.person = NEW.voucher AND m.role = 'senior' AND m.pin <> ''
            AND m.id = (SELECT max(n.id) FROM member AS n WHERE n.person = NEW.voucher)
    )
BEGIN SELECT RAISE(ABORT, 'A senior must vouch for another one with their own PIN.'); END;

CREATE TRIGGER shoot_group_is_never_changed BEFORE UPDATE ON shoot_group
BEGIN SELECT RAISE(ABORT, 'A shoot group is append-only; results were made with it.'); END;

CREATE TRIGGER shoot_group_is_never_removed BEFORE DELETE ON shoot_group
BEGIN SELECT RAISE(ABORT, 'A shoot group is append-only; results were made with it.'); END;

CREATE TRIGGER shoot_group_is_never_replaced BEFORE INSERT ON shoot_group
WHEN EXISTS (SELECT 1 FROM shoot_group WHERE id = NEW.id OR (batch = NEW.batch AND name = NEW.name))
BEGIN SELECT RAISE(ABORT, 'A shoot group is append-only; results were made with it.'); END;

CREATE TRIGGER sign_off_follows_an_approval BEFORE INSERT ON decision
WHEN NEW.action = 'sign_off' AND coalesce(
    (
        SELECT action FROM standing WHERE image = NEW.image AND version = NEW.version
        ORDER BY id DESC LIMIT 1
    ),
    (
        SELECT 'approve' FROM version AS v JOIN attempt AS a ON a.id = v.attempt
        WHERE v.id = NEW.version AND v.state = 'approved' AND a.author IS NOT NULL
    ),
    ''
) <> 'approve'
BEGIN SELECT RAISE(ABORT, 'A sign-off needs an approval of this version by another person first.'); END;

CREATE TRIGGER sign_off_is_given_by_a_senior BEFORE INSERT ON decision
WHEN NEW.action = 'sign_off' AND NEW.role <> 'senior'
BEGIN SELECT RAISE(ABORT, 'Only a senior can sign off.'); END;

CREATE TRIGGER sign_off_is_given_by_another_person BEFORE INSERT ON decision
WHEN NEW.action = 'sign_off' AND (
    NEW.person = (SELECT a.author FROM version AS v JOIN attempt AS a ON a.id = v.attempt WHERE v.id = NEW.version)
    OR EXISTS (
        SELECT 1 FROM standing
        WHERE image = NEW.image AND version = NEW.version AND action = 'approve' AND person = NEW.person
    )
)
BEGIN SELECT RAISE(ABORT, 'A sign-off must come from another person than the one who made or approved this version.'); END;

CREATE TRIGGER sign_off_is_not_given_by_the_last_editor BEFORE INSERT ON decision
WHEN NEW.action = 'sign_off' AND NEW.person = (
    SELECT a.author FROM version AS v JOIN attempt AS a ON a.id = v.attempt
    WHERE v.image = NEW.image AND v.id <= NEW.version AND a.author IS NOT NULL ORDER BY v.id DESC LIMIT 1
)
BEGIN SELECT RAISE(ABORT, 'A sign-off must come from another person than the one who made or approved this version.'); END;

CREATE TRIGGER signed_off_approval_stands BEFORE INSERT ON decision
WHEN NEW.action = 'retract'
    AND (SELECT action FROM decision WHERE id = NEW.retracts) = 'approve'
    AND EXISTS (
        SELECT 1 FROM standing AS s JOIN decision AS t ON t.id = NEW.retracts
        WHERE s.image = t.image AND s.version = t.version AND s.action = 'sign_off' AND s.id > t.id
    )
BEGIN SELECT RAISE(ABORT, 'This approval has been signed off by another person, who must take the sign-off back first.'); END;

CREATE TRIGGER step_is_never_changed BEFORE UPDATE ON step
BEGIN SELECT RAISE(ABORT, 'A step is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER step_is_never_removed BEFORE DELETE ON step
BEGIN SELECT RAISE(ABORT, 'A step is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER step_is_never_replaced BEFORE INSERT ON step
WHEN EXISTS (SELECT 1 FROM step WHERE attempt = NEW.attempt AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'A step is append-only; nothing recorded is ever replaced.'); END;

CREATE TRIGGER takeover_is_never_changed BEFORE UPDATE ON takeover
BEGIN SELECT RAISE(ABORT, 'What a senior took over stays on record.'); END;

CREATE TRIGGER takeover_is_never_removed BEFORE DELETE ON takeover
BEGIN SELECT RAISE(ABORT, 'What a senior took over stays on record.'); END;

CREATE TRIGGER version_by_hand_needs_sign_off BEFORE INSERT ON version
WHEN NEW.needs_sign_off = 0 AND (SELECT a.author FROM attempt AS a WHERE a.id = NEW.attempt) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'What a person made needs the sign-off of another person.'); END;

CREATE TRIGGER version_is_never_changed BEFORE UPDATE ON version
BEGIN SELECT RAISE(ABORT, 'A version is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER version_is_never_removed BEFORE DELETE ON version
BEGIN SELECT RAISE(ABORT, 'A version is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER version_is_never_replaced BEFORE INSERT ON version
WHEN EXISTS (SELECT 1 FROM version WHERE id = NEW.id OR attempt = NEW.attempt)
BEGIN SELECT RAISE(ABORT, 'A version is append-only; nothing recorded is ever replaced.'); END;

CREATE TRIGGER wave_has_no_known_answer BEFORE INSERT ON wave_image
WHEN EXISTS (SELECT 1 FROM known_answer AS k WHERE k.image = NEW.image)
BEGIN SELECT RAISE(ABORT, 'This image tests the reviewers and never leaves.'); END;

CREATE TRIGGER wave_image_is_never_changed BEFORE UPDATE ON wave_image
BEGIN SELECT RAISE(ABORT, 'An image of a wave is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER wave_image_is_never_removed BEFORE DELETE ON wave_image
BEGIN SELECT RAISE(ABORT, 'An image of a wave is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER wave_image_is_never_replaced BEFORE INSERT ON wave_image
WHEN EXISTS (SELECT 1 FROM wave_image WHERE id = NEW.id OR (wave = NEW.wave AND image = NEW.image))
BEGIN SELECT RAISE(ABORT, 'An image of a wave is append-only; nothing recorded is ever replaced.'); END;

CREATE TRIGGER wave_is_never_changed BEFORE UPDATE ON wave
BEGIN SELECT RAISE(ABORT, 'A wave is append-only; nothing recorded is ever changed.'); END;

CREATE TRIGGER wave_is_never_removed BEFORE DELETE ON wave
BEGIN SELECT RAISE(ABORT, 'A wave is append-only; nothing recorded is ever removed.'); END;

CREATE TRIGGER wave_is_never_replaced BEFORE INSERT ON wave
WHEN EXISTS (SELECT 1 FROM wave WHERE id = NEW.id OR (batch = NEW.batch AND number = NEW.number))
BEGIN SELECT RAISE(ABORT, 'A wave is append-only; nothing recorded is ever replaced.'); END;

CREATE VIEW held AS
SELECT h.* FROM legal_hold AS h
WHERE h.lifts IS NULL AND NOT EXISTS (SELECT 1 FROM legal_hold AS l WHERE l.lifts = h.id);

CREATE VIEW in_grace AS
SELECT d.image, i.batch, d.version, d.id AS decision, g.until
FROM grace AS g JOIN decision AS d ON d.id = g.decision JOIN image AS i ON i.id = d.image
WHERE g.until > CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000000
    AND NOT EXISTS (SELECT 1 FROM decision AS r WHERE r.retracts = d.id)
    AND NOT EXISTS (SELECT 1 FROM closing AS c WHERE c.batch = i.batch AND c.at >= d.at);

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

CREATE VIEW queue_of_image AS
SELECT image, batch, state AS queue FROM standing_of_image
WHERE state IN ('edit', 'review', 'redo', 'audit', 'sign_off');

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

CREATE VIEW standing AS
SELECT d.* FROM decision AS d
WHERE d.action <> 'retract' AND NOT EXISTS (SELECT 1 FROM decision AS r WHERE r.retracts = d.id);

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

CREATE VIEW tired AS SELECT image, batch, lease_until FROM claim WHERE open = 1 AND tries >= 3;

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

