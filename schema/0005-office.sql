-- Not official: what a person is still writing, the papers on disk, and notes that no act names.
CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    party INTEGER NOT NULL,
    procedure_name TEXT NOT NULL,
    facts TEXT NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    UNIQUE (account, party, procedure_name)
) STRICT;

CREATE TABLE draft_document (
    draft INTEGER NOT NULL,
    code TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    filename TEXT NOT NULL,
    PRIMARY KEY (draft, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_document_sha256 ON draft_document (sha256);

CREATE TABLE document (
    sha256 BLOB PRIMARY KEY,
    media TEXT NOT NULL,
    size INTEGER NOT NULL,
    stored_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX document_stored ON document (stored_at_ms);

CREATE TABLE dossier_note (
    id INTEGER PRIMARY KEY,
    dossier INTEGER NOT NULL,
    account INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX dossier_note_dossier ON dossier_note (dossier, id);

CREATE TABLE issued_paper (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    lang TEXT NOT NULL,
    act INTEGER NOT NULL,
    dossier INTEGER,
    instrument INTEGER,
    sha256 BLOB NOT NULL,
    size INTEGER NOT NULL,
    issued_at_ms INTEGER NOT NULL,
    issued_by TEXT NOT NULL
) STRICT;
CREATE INDEX issued_paper_act ON issued_paper (act, kind, lang, id);
CREATE INDEX issued_paper_sha256 ON issued_paper (sha256);

-- From here on: projections of acts.
CREATE TABLE dossier (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    procedure_name TEXT NOT NULL,
    act_code TEXT NOT NULL,
    party INTEGER NOT NULL,
    state TEXT NOT NULL,
    corpus_root TEXT NOT NULL,
    filed_on TEXT NOT NULL,
    filed_by TEXT NOT NULL,
    receipt TEXT NOT NULL,
    missing TEXT NOT NULL,
    last_day_to_complete TEXT,
    completed_on TEXT,
    complete_on TEXT,
    decision_days INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    replacement_act INTEGER NOT NULL,
    replacement_requested_on TEXT,
    replacement_received_on TEXT,
    replacement_supplied_on TEXT,
    replacement_codes TEXT NOT NULL,
    replacement_reason TEXT NOT NULL,
    information_requested_on TEXT,
    information_supplied_on TEXT,
    information_asked TEXT NOT NULL,
    information_answer TEXT NOT NULL,
    decided_on TEXT,
    officer INTEGER NOT NULL,
    due_on TEXT,
    act INTEGER NOT NULL
) STRICT;
CREATE INDEX dossier_state ON dossier (state, id);
CREATE INDEX dossier_party ON dossier (party, id);
CREATE INDEX dossier_officer ON dossier (officer, state, id);
CREATE INDEX dossier_procedure ON dossier (procedure_name, state, id);
CREATE INDEX dossier_due ON dossier (due_on, id);

CREATE TABLE dossier_fact (
    dossier INTEGER NOT NULL,
    name TEXT NOT NULL,
    act INTEGER NOT NULL,
    source TEXT NOT NULL,
    value TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (dossier, name, act)
) STRICT, WITHOUT ROWID;

CREATE TABLE dossier_document (
    dossier INTEGER NOT NULL,
    code TEXT NOT NULL,
    act INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    filename TEXT NOT NULL,
    day TEXT NOT NULL,
    replaced_by INTEGER,
    PRIMARY KEY (dossier, code, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_document_sha256 ON dossier_document (sha256);

-- Which acts speak of which dossier and instrument, in order: the timeline.
CREATE TABLE dossier_act (
    dossier INTEGER NOT NULL,
    act INTEGER NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (dossier, act)
) STRICT, WITHOUT ROWID;
CREATE TABLE instrument_act (
    instrument INTEGER NOT NULL,
    act INTEGER NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (instrument, act)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal (
    act INTEGER PRIMARY KEY,
    dossier INTEGER,
    instrument INTEGER,
    measure INTEGER,
    decision TEXT NOT NULL,
    reasons TEXT NOT NULL,
    by_account INTEGER NOT NULL,
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    remark TEXT NOT NULL
) STRICT;
CREATE INDEX proposal_state ON proposal (state, act);
CREATE INDEX proposal_dossier ON proposal (dossier, act);
CREATE INDEX proposal_measure ON proposal (measure, act);

CREATE TABLE decision (
    act INTEGER PRIMARY KEY,
    dossier INTEGER,
    instrument INTEGER,
    measure INTEGER,
    decision TEXT NOT NULL,
    reasons TEXT NOT NULL,
    proposed_by INTEGER NOT NULL,
    signed_by INTEGER NOT NULL,
    capacity TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX decision_dossier ON decision (dossier, act);
CREATE INDEX decision_instrument ON decision (instrument, act);
CREATE INDEX decision_signed_by ON decision (signed_by, act);

CREATE TABLE notification (
    id INTEGER PRIMARY KEY,
    act INTEGER NOT NULL,
    act_kind TEXT NOT NULL,
    party INTEGER NOT NULL,
    dossier INTEGER,
    instrument INTEGER,
    negative INTEGER NOT NULL,
    channel TEXT NOT NULL,
    sent_on TEXT,
    letter_number TEXT,
    proof TEXT,
    proven_on TEXT
) STRICT;
CREATE INDEX notification_party ON notification (party, id);
CREATE INDEX notification_act ON notification (act);
CREATE INDEX notification_dossier ON notification (dossier, id);
CREATE INDEX notification_proven ON notification (proven_on, id);

-- What follows a breach found after the grant: notice, suspension, cure or withdrawal.
CREATE TABLE measure (
    id INTEGER PRIMARY KEY,
    instrument INTEGER NOT NULL,
    party INTEGER NOT NULL,
    ground TEXT NOT NULL,
    state TEXT NOT NULL,
    inactive_since TEXT,
    found TEXT NOT NULL,
    found_on TEXT NOT NULL,
    notice_sent_on TEXT,
    hearing_offered_on TEXT,
    cure_deadline TEXT,
    heard_on TEXT,
    observations TEXT NOT NULL,
    cured_on TEXT,
    act INTEGER NOT NULL
) STRICT;
CREATE INDEX measure_instrument ON measure (instrument, id);
CREATE INDEX measure_state ON measure (state, id);

CREATE TABLE change_notice (
    act INTEGER PRIMARY KEY,
    party INTEGER NOT NULL,
    instrument INTEGER,
    change_kind TEXT NOT NULL,
    changed_on TEXT NOT NULL,
    notified_on TEXT NOT NULL,
    verdict TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX change_notice_party ON change_notice (party, act);

-- Opinions of bodies on dossiers; deliberations are closed, so only what was counted and given.
CREATE TABLE opinion (
    act INTEGER PRIMARY KEY,
    dossier INTEGER NOT NULL,
    body TEXT NOT NULL,
    kind TEXT NOT NULL,
    held_on TEXT NOT NULL,
    verdict TEXT NOT NULL,
    facts TEXT NOT NULL,
    recused TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX opinion_dossier ON opinion (dossier, act);
CREATE INDEX opinion_body ON opinion (body, act);
