-- What model calls may cost, and what they cost. Amounts are whole millionths of a dollar.

-- The limits of a workspace; NULL is none. One that never set any has no row.
CREATE TABLE budgets (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    -- Of each carousel by itself.
    carousel     BIGINT CHECK (carousel >= 0),
    day          BIGINT CHECK (day >= 0),
    month        BIGINT CHECK (month >= 0),
    -- So much of a limit, in percent, is worth a warning.
    warn_percent BIGINT NOT NULL CHECK (warn_percent BETWEEN 1 AND 100)
);

-- The counters that enforce: they are kept without a limit too, so that one set later counts from the start.
CREATE TABLE spending (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    scope        TEXT NOT NULL CHECK (scope IN ('carousel', 'day', 'month')),
    -- The carousel's id, or the day or month by the workspace's clocks: `2026-11-23`, `2026-11`.
    key          TEXT NOT NULL,
    spent        BIGINT NOT NULL CHECK (spent >= 0),
    -- The worst cases of the attempts that are under way.
    reserved     BIGINT NOT NULL CHECK (reserved >= 0),
    PRIMARY KEY (workspace_id, scope, key)
);

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
    worst        BIGINT NOT NULL CHECK (worst >= 0),
    reserved_at  BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, attempt)
);

-- What died with a process is looked for in every workspace.
CREATE INDEX reservations_oldest ON reservations (reserved_at);

-- One row an attempt, never changed. Outlives the carousel that it was for.
CREATE TABLE ledger (
    workspace_id         TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    attempt              TEXT NOT NULL,
    -- The same for all attempts of one call.
    call_id              TEXT NOT NULL,
    carousel_id          TEXT,
    at                   BIGINT NOT NULL,
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
    tokens_in            BIGINT NOT NULL,
    tokens_out           BIGINT NOT NULL,
    tokens_cached        BIGINT NOT NULL,
    tokens_cache_written BIGINT NOT NULL,
    tokens_reasoning     BIGINT NOT NULL,
    cost                 BIGINT NOT NULL CHECK (cost >= 0),
    -- How the cost is known: reported, estimated.
    basis                TEXT NOT NULL,
    reserved             BIGINT NOT NULL,
    -- What the same tokens cost on the reference model; NULL where that is not known.
    reference_cost       BIGINT,
    reference_model      TEXT,
    latency_ms           BIGINT NOT NULL,
    outcome              TEXT NOT NULL,
    -- Of the HTTP answer; NULL where there was none.
    status               BIGINT,
    generation_id        TEXT,
    PRIMARY KEY (workspace_id, attempt)
);

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
    kept_at      BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, attempt),
    FOREIGN KEY (workspace_id, carousel_id) REFERENCES carousels (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX model_answers_carousel ON model_answers (workspace_id, carousel_id);
