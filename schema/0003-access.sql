-- Accounts and what they may do. First the projections of acts (an id is the number of the act that gave it), then what
-- is not official and never rebuilt: secrets, sessions, tokens, delays, the log of access.
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    email TEXT UNIQUE,
    name_ar TEXT,
    name_latin TEXT,
    opened_on TEXT NOT NULL,
    disabled_on TEXT,
    act INTEGER NOT NULL
) STRICT;

CREATE TABLE role_held (
    act INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    role TEXT NOT NULL,
    from_day TEXT NOT NULL,
    ended_at_ms INTEGER
) STRICT;
CREATE INDEX role_held_account ON role_held (account, role);
CREATE INDEX role_held_role ON role_held (role, act);

CREATE TABLE mandate (
    act INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    party INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('manager', 'agent')),
    from_day TEXT NOT NULL,
    until_day TEXT,
    document BLOB,
    verified_act INTEGER,
    ended_at_ms INTEGER
) STRICT;
CREATE INDEX mandate_account ON mandate (account, act);
CREATE INDEX mandate_party ON mandate (party, act);

CREATE TABLE appointment (
    act INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    office TEXT NOT NULL,
    reason TEXT CHECK (reason IN ('vacancy', 'absence')),
    from_day TEXT NOT NULL,
    until_day TEXT,
    basis_number TEXT NOT NULL,
    basis_day TEXT NOT NULL,
    ended_at_ms INTEGER,
    end_reason TEXT,
    ended_act INTEGER
) STRICT;
CREATE INDEX appointment_account ON appointment (account, act);
CREATE INDEX appointment_office ON appointment (office, act);

CREATE TABLE delegation (
    act INTEGER PRIMARY KEY,
    delegate INTEGER NOT NULL,
    delegator INTEGER NOT NULL,
    appointment INTEGER NOT NULL,
    number TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    published_on TEXT,
    published_in TEXT,
    ended_at_ms INTEGER
) STRICT;
CREATE INDEX delegation_delegate ON delegation (delegate, act);
CREATE INDEX delegation_appointment ON delegation (appointment, act);

CREATE TABLE delegation_scope (
    delegation INTEGER NOT NULL,
    act_code TEXT NOT NULL,
    decision TEXT NOT NULL,
    PRIMARY KEY (delegation, act_code, decision)
) STRICT, WITHOUT ROWID;

CREATE TABLE signature (
    act INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    day TEXT NOT NULL,
    act_code TEXT NOT NULL,
    decision TEXT NOT NULL,
    organ TEXT NOT NULL,
    capacity TEXT NOT NULL,
    appointment INTEGER NOT NULL,
    delegation INTEGER,
    level TEXT NOT NULL
) STRICT;
CREATE INDEX signature_account ON signature (account, day, act);
CREATE INDEX signature_appointment ON signature (appointment, act);
CREATE INDEX signature_delegation ON signature (delegation, act);

-- The corpus adopted and the parameters set by acts; the bytes of the files are evidence, kept by their hash.
CREATE TABLE corpus (
    act INTEGER PRIMARY KEY,
    root TEXT NOT NULL,
    adopted_on TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX corpus_root ON corpus (root, act);

CREATE TABLE corpus_path (
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (root, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE corpus_file (
    sha256 BLOB PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE setting (
    act INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    literal TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT,
    source TEXT NOT NULL,
    repealed_act INTEGER
) STRICT;
CREATE INDEX setting_name ON setting (name, act);

-- From here on: not official, not rebuilt.
CREATE TABLE credential (
    account INTEGER PRIMARY KEY,
    password TEXT,
    password_set_at_ms INTEGER NOT NULL,
    must_change INTEGER NOT NULL,
    totp_secret BLOB,
    totp_pending BLOB,
    totp_step INTEGER NOT NULL,
    lang TEXT
) STRICT;

CREATE TABLE recovery_code (
    account INTEGER NOT NULL,
    code BLOB NOT NULL,
    used_at_ms INTEGER,
    PRIMARY KEY (account, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    token BLOB NOT NULL UNIQUE,
    account INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    second_factor INTEGER NOT NULL,
    party INTEGER,
    opened_at_ms INTEGER NOT NULL,
    seen_at_ms INTEGER NOT NULL,
    ends_at_ms INTEGER NOT NULL,
    stepped_up_until_ms INTEGER NOT NULL,
    remote TEXT NOT NULL,
    agent TEXT NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account, id);
CREATE INDEX session_ends ON session (ends_at_ms);

CREATE TABLE sign_up (
    token BLOB PRIMARY KEY,
    email TEXT NOT NULL,
    name_ar TEXT,
    name_latin TEXT,
    password TEXT NOT NULL,
    lang TEXT,
    ends_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_up_email ON sign_up (email);
CREATE INDEX sign_up_ends ON sign_up (ends_at_ms);

CREATE TABLE password_reset (
    token BLOB PRIMARY KEY,
    account INTEGER NOT NULL,
    ends_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX password_reset_account ON password_reset (account);
CREATE INDEX password_reset_ends ON password_reset (ends_at_ms);

CREATE TABLE throttle (
    key TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX throttle_last ON throttle (last_at_ms);

CREATE TABLE access_log (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    day TEXT NOT NULL,
    event TEXT NOT NULL CHECK (event IN ('refused', 'read', 'signed_in', 'secret_changed')),
    account INTEGER,
    subject TEXT NOT NULL,
    why TEXT NOT NULL,
    remote TEXT NOT NULL
) STRICT;
CREATE INDEX access_log_subject ON access_log (subject, id);
CREATE INDEX access_log_account ON access_log (account, id);
