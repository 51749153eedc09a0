-- The register: parties, what is known of them and since when, and the instruments they hold. All are projections of acts.
CREATE TABLE party (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name_ar TEXT NOT NULL,
    name_latin TEXT NOT NULL,
    ice TEXT UNIQUE,
    rc TEXT,
    rc_court TEXT,
    legal_form TEXT,
    capital INTEGER,
    seat_ar TEXT NOT NULL,
    seat_latin TEXT NOT NULL,
    manager_ar TEXT NOT NULL,
    manager_latin TEXT NOT NULL,
    registered_on TEXT NOT NULL,
    act INTEGER NOT NULL
) STRICT;

CREATE TABLE party_fact (
    party INTEGER NOT NULL,
    name TEXT NOT NULL,
    act INTEGER NOT NULL,
    value TEXT NOT NULL,
    from_day TEXT NOT NULL,
    attested_by TEXT NOT NULL,
    document BLOB,
    PRIMARY KEY (party, name, act)
) STRICT, WITHOUT ROWID;

CREATE TABLE instrument (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    party INTEGER NOT NULL,
    granted_on TEXT NOT NULL,
    valid_until TEXT,
    status TEXT NOT NULL,
    status_on TEXT NOT NULL,
    dossier INTEGER,
    taken_over INTEGER NOT NULL,
    act INTEGER NOT NULL
) STRICT;
CREATE INDEX instrument_party ON instrument (party, id);
CREATE INDEX instrument_kind ON instrument (kind, id);
CREATE INDEX instrument_dossier ON instrument (dossier, id);

CREATE TABLE instrument_event (
    instrument INTEGER NOT NULL,
    act INTEGER NOT NULL,
    day TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (instrument, act, status)
) STRICT, WITHOUT ROWID;

-- The letters that begin the numbers of a kind of instrument.
CREATE TABLE instrument_series (
    kind TEXT PRIMARY KEY,
    prefix TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
