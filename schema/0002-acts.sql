-- The register of acts and its log. Rows of act are never changed; of act_person only salt and data go, when a person
-- is erased. Everything else here is derived from them or says what was signed.
CREATE TABLE act (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    sealed INTEGER NOT NULL,
    day TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    corpus_root BLOB NOT NULL,
    subject TEXT,
    instrument TEXT,
    status TEXT,
    body TEXT NOT NULL,
    receipt TEXT,
    secret BLOB NOT NULL,
    commitments BLOB NOT NULL,
    leaf BLOB NOT NULL
) STRICT;
CREATE INDEX act_subject ON act (subject, number) WHERE subject IS NOT NULL;
CREATE INDEX act_instrument ON act (instrument, number) WHERE instrument IS NOT NULL;

CREATE TABLE act_person (
    act INTEGER NOT NULL REFERENCES act (number),
    place INTEGER NOT NULL,
    subject TEXT NOT NULL,
    role TEXT NOT NULL,
    data TEXT,
    salt BLOB,
    commitment BLOB NOT NULL,
    erased_by INTEGER,
    PRIMARY KEY (act, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_person_subject ON act_person (subject, act);

CREATE TABLE act_document (
    act INTEGER NOT NULL REFERENCES act (number),
    place INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (act, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_document_sha256 ON act_document (sha256);

-- Hashes of the tiles above the leaves: level n, place p covers 256^n leaves from p * 256^n on.
CREATE TABLE log_node (
    level INTEGER NOT NULL,
    place INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

-- Checkpoints that were published, each kept with the batch that follows it.
CREATE TABLE log_checkpoint (
    origin TEXT NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (origin, size)
) STRICT, WITHOUT ROWID;

-- Origins of the log, written by their acts; more than one after a database was restored from an older backup.
CREATE TABLE log_origin (
    act INTEGER PRIMARY KEY REFERENCES act (number),
    name TEXT NOT NULL UNIQUE,
    verifier_key TEXT NOT NULL,
    ended_size INTEGER NOT NULL,
    ended_root TEXT
) STRICT;
