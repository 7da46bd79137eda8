-- The first tables. Ids are text, times whole microseconds since 1970 (UTC), JSON is text.
-- Every table has its workspace in its key, so that nothing can refer across workspaces.

CREATE TABLE workspaces (
    id         TEXT PRIMARY KEY,
    -- `default` for the one that a single person's installation works in.
    slug       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE members (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'reviewer', 'viewer')),
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE profiles (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    fields       TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE carousels (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    title        TEXT NOT NULL,
    brief        TEXT NOT NULL,
    -- The state's name again, beside the whole progress, to select by.
    state        TEXT NOT NULL,
    progress     TEXT NOT NULL,
    -- A digest of what was asked for, to find a run that was cut off.
    source_key   TEXT,
    archived_at  BIGINT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE INDEX carousels_newest ON carousels (workspace_id, created_at DESC, id DESC);
CREATE INDEX carousels_source ON carousels (workspace_id, source_key);

CREATE TABLE variants (
    workspace_id   TEXT NOT NULL,
    id             TEXT NOT NULL,
    carousel_id    TEXT NOT NULL,
    stage          TEXT NOT NULL,
    round          BIGINT NOT NULL CHECK (round > 0),
    position       BIGINT NOT NULL CHECK (position >= 0),
    strategy       TEXT NOT NULL,
    written_by     TEXT NOT NULL,
    content        TEXT NOT NULL,
    score          TEXT NOT NULL,
    cost_micro_usd BIGINT NOT NULL,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    -- A round that is written again after a crash can't have a variant twice.
    UNIQUE (workspace_id, carousel_id, stage, round, position),
    FOREIGN KEY (workspace_id, carousel_id) REFERENCES carousels (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE approvals (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    carousel_id  TEXT NOT NULL,
    stage        TEXT NOT NULL,
    variant_id   TEXT NOT NULL,
    -- NULL: the autopilot.
    member_id    TEXT,
    approved_at  BIGINT NOT NULL,
    withdrawn_at BIGINT,
    FOREIGN KEY (workspace_id, carousel_id) REFERENCES carousels (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, variant_id) REFERENCES variants (workspace_id, id) ON DELETE CASCADE
);

-- At most one approval of a stage counts.
CREATE UNIQUE INDEX approvals_live ON approvals (workspace_id, carousel_id, stage) WHERE withdrawn_at IS NULL;
CREATE INDEX approvals_carousel ON approvals (workspace_id, carousel_id);
CREATE INDEX approvals_variant ON approvals (workspace_id, variant_id);

CREATE TABLE rejections (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    carousel_id  TEXT NOT NULL,
    stage        TEXT NOT NULL,
    round        BIGINT NOT NULL CHECK (round > 0),
    feedback     TEXT NOT NULL,
    member_id    TEXT,
    rejected_at  BIGINT NOT NULL,
    FOREIGN KEY (workspace_id, carousel_id) REFERENCES carousels (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX rejections_carousel ON rejections (workspace_id, carousel_id);

CREATE TABLE ratings (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    variant_id   TEXT NOT NULL,
    member_id    TEXT NOT NULL,
    stars        BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    feedback     TEXT,
    rated_at     BIGINT NOT NULL,
    FOREIGN KEY (workspace_id, variant_id) REFERENCES variants (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, member_id) REFERENCES members (workspace_id, id)
);

CREATE INDEX ratings_last ON ratings (workspace_id, variant_id, member_id, seq);
CREATE INDEX ratings_member ON ratings (workspace_id, member_id);

-- Outlives the carousel that it tells of.
CREATE TABLE audit (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    carousel_id  TEXT,
    -- NULL: the program itself.
    member_id    TEXT,
    what         TEXT NOT NULL,
    from_state   TEXT,
    to_state     TEXT,
    at           BIGINT NOT NULL
);

CREATE INDEX audit_carousel ON audit (workspace_id, carousel_id, seq);

CREATE TABLE assets (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    carousel_id  TEXT,
    name         TEXT NOT NULL,
    media_type   TEXT NOT NULL,
    size         BIGINT NOT NULL CHECK (size >= 0),
    sha256       TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, carousel_id) REFERENCES carousels (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX assets_carousel ON assets (workspace_id, carousel_id);

CREATE TABLE jobs (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    lane         TEXT NOT NULL,
    name         TEXT NOT NULL,
    payload      TEXT NOT NULL,
    carousel_id  TEXT,
    dedupe_key   TEXT,
    state        TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'dead')),
    run_at       BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL CHECK (max_attempts > 0),
    -- Counts the claims; a write with an earlier count is refused.
    lease        BIGINT NOT NULL,
    lease_until  BIGINT,
    worker       TEXT,
    last_error   TEXT,
    finished_at  BIGINT,
    UNIQUE (workspace_id, id),
    UNIQUE (workspace_id, dedupe_key),
    FOREIGN KEY (workspace_id, carousel_id) REFERENCES carousels (workspace_id, id) ON DELETE CASCADE
);

-- The queue serves every workspace, so these begin with the time.
CREATE INDEX jobs_due ON jobs (run_at, seq) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_carousel ON jobs (workspace_id, carousel_id);

CREATE TABLE schedules (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    expression   TEXT NOT NULL,
    time_zone    TEXT NOT NULL,
    lane         TEXT NOT NULL,
    job          TEXT NOT NULL,
    payload      TEXT NOT NULL,
    max_attempts BIGINT NOT NULL CHECK (max_attempts > 0),
    next_at      BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, name)
);

CREATE INDEX schedules_next ON schedules (next_at);
