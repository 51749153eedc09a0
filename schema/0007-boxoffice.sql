-- Ticket evidence and what is counted from it (TICKETS.md). Evidence names screens and systems without foreign keys:
-- `markaz rebuild` empties those projections and writes them again while evidence stays. Batches and segments are evidence: written once, never changed
-- but by compaction, which loses nothing. Counters are additive, and derived from segments by `markaz rebuild`.

-- Cinemas, screens and films as far as tickets need them: projections of acts.
CREATE TABLE cinema (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_ar TEXT NOT NULL,
    name_latin TEXT NOT NULL,
    city TEXT NOT NULL,
    party INTEGER,
    class TEXT,
    licence TEXT,
    act INTEGER NOT NULL
) STRICT;
CREATE INDEX cinema_party ON cinema (party, id);

CREATE TABLE screen (
    id INTEGER PRIMARY KEY,
    cinema INTEGER NOT NULL REFERENCES cinema (id),
    code TEXT NOT NULL UNIQUE,
    seats INTEGER NOT NULL CHECK (seats > 0),
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    act INTEGER NOT NULL
) STRICT;
CREATE INDEX screen_cinema ON screen (cinema, id);

CREATE TABLE film (
    id INTEGER PRIMARY KEY,
    visa TEXT NOT NULL UNIQUE,
    title_ar TEXT NOT NULL,
    title_latin TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    nationality TEXT NOT NULL,
    is_moroccan INTEGER NOT NULL,
    age_from INTEGER NOT NULL,
    distributor TEXT NOT NULL,
    visa_on TEXT NOT NULL,
    act INTEGER NOT NULL
) STRICT;

CREATE TABLE exhibition_contract (
    film INTEGER NOT NULL REFERENCES film (id),
    cinema INTEGER NOT NULL REFERENCES cinema (id),
    registered_on TEXT NOT NULL,
    act INTEGER NOT NULL,
    PRIMARY KEY (film, cinema)
) STRICT, WITHOUT ROWID;
CREATE INDEX exhibition_contract_cinema ON exhibition_contract (cinema, film);

-- A ticketing system, its token by hash only, and the cinemas it may speak for.
CREATE TABLE ticketing_system (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    token_sha256 BLOB NOT NULL UNIQUE,
    revoked_on TEXT,
    act INTEGER NOT NULL
) STRICT;

CREATE TABLE ticketing_scope (
    system INTEGER NOT NULL REFERENCES ticketing_system (id),
    cinema INTEGER NOT NULL REFERENCES cinema (id),
    PRIMARY KEY (system, cinema)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticketing_scope_cinema ON ticketing_scope (cinema, system);

-- What was received, once for each key of a system; its answer is given again to whoever repeats it.
CREATE TABLE ticket_batch (
    id INTEGER PRIMARY KEY,
    system INTEGER NOT NULL,
    key TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    received_at_ms INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    answer TEXT NOT NULL,
    UNIQUE (system, key)
) STRICT;

-- Lines that conflict with what is stored: kept as evidence, counted nowhere.
CREATE TABLE ticket_conflict (
    batch INTEGER NOT NULL REFERENCES ticket_batch (id),
    line INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE screening (
    id INTEGER PRIMARY KEY,
    screen INTEGER NOT NULL,
    start_tenths INTEGER NOT NULL,
    day TEXT NOT NULL,
    announced INTEGER NOT NULL,
    seats INTEGER,
    planned_minutes INTEGER,
    cancelled INTEGER NOT NULL,
    reason TEXT,
    announced_sha256 BLOB,
    norms TEXT NOT NULL,
    UNIQUE (screen, start_tenths)
) STRICT;
CREATE INDEX screening_day ON screening (day, screen);

CREATE TABLE screening_film (
    screening INTEGER NOT NULL REFERENCES screening (id),
    place INTEGER NOT NULL,
    visa TEXT,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (screening, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX screening_film_visa ON screening_film (visa, screening);

CREATE TABLE screening_tariff (
    screening INTEGER NOT NULL REFERENCES screening (id),
    code TEXT NOT NULL,
    family TEXT NOT NULL,
    price INTEGER NOT NULL,
    PRIMARY KEY (screening, code)
) STRICT, WITHOUT ROWID;

-- Announcements as they were received, and days for which a cinema declared that a screen showed nothing.
CREATE TABLE programme_line (
    batch INTEGER NOT NULL REFERENCES ticket_batch (id),
    line INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE screen_day_none (
    screen INTEGER NOT NULL,
    day TEXT NOT NULL,
    batch INTEGER NOT NULL,
    PRIMARY KEY (screen, day)
) STRICT, WITHOUT ROWID;

-- Possible infractions that evidence shows: found by ingestion, judged by an agent's act.
CREATE TABLE screening_flag (
    screening INTEGER NOT NULL REFERENCES screening (id),
    kind TEXT NOT NULL,
    norm TEXT NOT NULL,
    tickets INTEGER NOT NULL,
    opened_on TEXT NOT NULL,
    closed_act INTEGER,
    reason TEXT,
    PRIMARY KEY (screening, kind, norm)
) STRICT, WITHOUT ROWID;

-- Numbers run from 1 in each series of a screen.
CREATE TABLE ticket_series (
    id INTEGER PRIMARY KEY,
    screen INTEGER NOT NULL,
    code TEXT NOT NULL,
    UNIQUE (screen, code)
) STRICT;

CREATE TABLE ticket_range (
    series INTEGER NOT NULL REFERENCES ticket_series (id),
    from_number INTEGER NOT NULL CHECK (from_number >= 1),
    to_number INTEGER NOT NULL CHECK (to_number >= from_number),
    PRIMARY KEY (series, from_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_range_to ON ticket_range (series, to_number);

CREATE TABLE ticket_segment (
    id INTEGER PRIMARY KEY,
    series INTEGER NOT NULL REFERENCES ticket_series (id),
    first_number INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    day TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    packed BLOB NOT NULL
) STRICT;
CREATE INDEX ticket_segment_last ON ticket_segment (series, last_number, first_number);

-- Every cancellation, so that one is counted once; waiting: its sale has not come yet.
CREATE TABLE ticket_cancellation (
    series INTEGER NOT NULL REFERENCES ticket_series (id),
    number INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    PRIMARY KEY (series, number)
) STRICT, WITHOUT ROWID;

-- Additive, in the transaction of the segments they count.
CREATE TABLE screening_count (
    screening INTEGER NOT NULL REFERENCES screening (id),
    tariff TEXT NOT NULL,
    sold INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    refunded INTEGER NOT NULL,
    PRIMARY KEY (screening, tariff)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_count (
    day TEXT NOT NULL,
    screen INTEGER NOT NULL,
    sold INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    refunded INTEGER NOT NULL,
    PRIMARY KEY (day, screen)
) STRICT, WITHOUT ROWID;
CREATE INDEX day_count_screen ON day_count (screen, day);
CREATE INDEX screening_flag_open ON screening_flag (closed_act, opened_on, screening);
CREATE INDEX ticket_segment_day ON ticket_segment (day, id);

-- Days whose evidence entered the log: a projection of acts.
CREATE TABLE ticket_day (
    day TEXT PRIMARY KEY,
    act INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
