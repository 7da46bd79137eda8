-- What model calls may cost, and what they cost. Amounts are whole millionths of a dollar.

-- The limits of a workspace; NULL is none. One that never set any has no row.
CREATE TABLE budgets (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    -- Of each carousel by itself.
    carousel     INTEGER CHECK (carousel >= 0),
    day          INTEGER CHECK (day >= 0),
    month        INTEGER CHECK (month >= 0),
    -- So much of a limit, in percent, is worth a warning.
    warn_percent INTEGER NOT NULL CHECK (warn_percent BETWEEN 1 AND 100)
) STRICT;

-- The counters that enforce: they are kept without a limit too, so that one set later counts from the start.
CREATE TABLE spending (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    scope        TEXT NOT NULL CHECK (scope IN ('carousel', 'day', 'month')),
    -- The carousel's id, or the day or month by the workspace's clocks: `2026-11-23`, `2026-11`.
    key          TEXT NOT NULL,
    spent        INTEGER NOT NULL CHECK (spent >= 0),
    -- The worst cases of the attempts that are under way.
    reserved     INTEGER NOT NULL CHECK (reserved >= 0),
    PRIMARY KEY (workspace_id, scope, key)
) STRICT;

-- Attempts that are under way, or were when their process died. Each counts as spent until it is settled.
CREATE TABLE reservations (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    attempt      TEXT NOT NULL,
    call_id      TEXT NOT NULL,
    carousel_id  TEXT,
    day          TEXT NOT NULL,
    month        TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    mode         TEXT,
    tier         TEXT,
    model        TEXT NOT NULL,
    worst        INTEGER NOT NULL CHECK (worst >= 0),
    reserved_at  INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, attempt)
) STRICT;

-- What died with a process is looked for in every workspace.
CREATE INDEX reservations_oldest ON reservations (reserved_at);

-- One row an attempt, never changed. Outlives the carousel that it was for.
CREATE TABLE ledger (
    workspace_id         TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    attempt              TEXT NOT NULL,
    -- The same for all attempts of one call.
    call_id              TEXT NOT NULL,
    carousel_id          TEXT,
    at                   INTEGER NOT NULL,
    -- By which counters it was counted.
    day                  TEXT NOT NULL,
    month                TEXT NOT NULL,
    purpose              TEXT NOT NULL,
    mode                 TEXT,
    tier                 TEXT,
    connection           TEXT NOT NULL,
    model_asked          TEXT NOT NULL,
    model_used           TEXT,
    provider             TEXT,
    tokens_in            INTEGER NOT NULL,
    tokens_out           INTEGER NOT NULL,
    tokens_cached        INTEGER NOT NULL,
    tokens_cache_written INTEGER NOT NULL,
    tokens_reasoning     INTEGER NOT NULL,
    cost                 INTEGER NOT NULL CHECK (cost >= 0),
    -- How the cost is known: reported, estimated.
    basis                TEXT NOT NULL,
    reserved             INTEGER NOT NULL,
    -- What the same tokens cost on the reference model; NULL where that is not known.
    reference_cost       INTEGER,
    reference_model      TEXT,
    latency_ms           INTEGER NOT NULL,
    outcome              TEXT NOT NULL,
    -- Of the HTTP answer; NULL where there was none.
    status               INTEGER,
    generation_id        TEXT,
    PRIMARY KEY (workspace_id, attempt)
) STRICT;

CREATE INDEX ledger_newest ON ledger (workspace_id, at, attempt);
CREATE INDEX ledger_carousel ON ledger (workspace_id, carousel_id, at, attempt);
CREATE INDEX ledger_purpose ON ledger (workspace_id, purpose, at, attempt);
CREATE INDEX ledger_call ON ledger (workspace_id, call_id);

-- What a model really said, apart from the ledger: it is content, and goes with its carousel.
CREATE TABLE model_answers (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    attempt      TEXT NOT NULL,
    carousel_id  TEXT,
    -- NULL where nothing came.
    raw          TEXT,
    -- What was wrong with it; NULL where nothing was.
    problem      TEXT,
    kept_at      INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, attempt),
    FOREIGN KEY (workspace_id, carousel_id) REFERENCES carousels (workspace_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX model_answers_carousel ON model_answers (workspace_id, carousel_id);
