-- People who sign in, and what they share: accounts, sessions, invitations, API tokens,
-- links for clients with what they answered, settings, and answers kept for repeated requests.

-- A person, who may be a member of several workspaces; so it belongs to none.
CREATE TABLE accounts (
    id            TEXT PRIMARY KEY,
    -- In small letters. NULL: the owner who tries it alone on this machine, without a password.
    email         TEXT UNIQUE,
    password_hash TEXT,
    -- The language of the interface; NULL: the browser's.
    language      TEXT,
    created_at    INTEGER NOT NULL
) STRICT;

-- NULL where nobody signs in as this member: the command line's owner.
ALTER TABLE members ADD COLUMN account_id TEXT;
-- A removed member stays for the history.
ALTER TABLE members ADD COLUMN removed_at INTEGER;
-- To the hour; stays when the session ends.
ALTER TABLE members ADD COLUMN seen_at INTEGER;
CREATE UNIQUE INDEX members_account ON members (workspace_id, account_id) WHERE removed_at IS NULL;
CREATE INDEX members_of_account ON members (account_id);

-- For the record of the whole workspace.
CREATE INDEX audit_newest ON audit (workspace_id, seq);

ALTER TABLE workspaces ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- The mean score of the approved variants; NULL before the first approval.
ALTER TABLE carousels ADD COLUMN score REAL;

CREATE TABLE sessions (
    -- SHA-256 of the cookie's random value, in hexadecimal: a stolen database opens no session.
    digest       TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL,
    member_id    TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    seen_at      INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    FOREIGN KEY (workspace_id, member_id) REFERENCES members (workspace_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_member ON sessions (workspace_id, member_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE invitations (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    -- SHA-256 of the secret in the link, in hexadecimal.
    digest       TEXT NOT NULL UNIQUE,
    -- Whom it is for, in the inviter's words.
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'reviewer', 'viewer')),
    invited_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    accepted_at  INTEGER,
    revoked_at   INTEGER,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, invited_by) REFERENCES members (workspace_id, id)
) STRICT;

CREATE INDEX invitations_inviter ON invitations (workspace_id, invited_by);

CREATE TABLE tokens (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    digest       TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    -- The most that it may do; never more than its member may.
    scope        TEXT NOT NULL CHECK (scope IN ('owner', 'editor', 'reviewer', 'viewer')),
    member_id    TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at   INTEGER,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, member_id) REFERENCES members (workspace_id, id)
) STRICT;

CREATE INDEX tokens_member ON tokens (workspace_id, member_id);

-- A client's way to one carousel. The address is signed, so that it can be shown again.
CREATE TABLE links (
    workspace_id TEXT NOT NULL,
    id           TEXT NOT NULL,
    carousel_id  TEXT NOT NULL,
    -- Whom it is for.
    name         TEXT NOT NULL,
    member_id    TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked_at   INTEGER,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, carousel_id) REFERENCES carousels (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, member_id) REFERENCES members (workspace_id, id)
) STRICT;

CREATE INDEX links_carousel ON links (workspace_id, carousel_id);
CREATE INDEX links_member ON links (workspace_id, member_id);

-- What a client answered through a link: stars, a comment, an approval, each by itself.
CREATE TABLE answers (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace_id TEXT NOT NULL,
    link_id      TEXT NOT NULL,
    stars        INTEGER CHECK (stars BETWEEN 1 AND 5),
    comment      TEXT,
    -- 1 where the client approved the slides as they were then.
    approved     INTEGER NOT NULL CHECK (approved IN (0, 1)),
    answered_at  INTEGER NOT NULL,
    FOREIGN KEY (workspace_id, link_id) REFERENCES links (workspace_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX answers_link ON answers (workspace_id, link_id);

-- What a request with an Idempotency-Key was answered, for its repetition.
CREATE TABLE idempotency (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    member_id    TEXT NOT NULL,
    key          TEXT NOT NULL,
    -- SHA-256 of the request, in hexadecimal: the same key may not ask for something else.
    digest       TEXT NOT NULL,
    -- NULL while the first request still runs.
    status       INTEGER,
    body         TEXT,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, member_id, key)
) STRICT;

CREATE INDEX idempotency_age ON idempotency (created_at);

-- What the installation keeps for itself: the key that signs links.
CREATE TABLE installation (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
