-- What the library searches and filters by, and the costs that its cards show.

-- In small letters, made by the program: the databases' own lower() differ outside ASCII.
ALTER TABLE carousels ADD COLUMN title_small TEXT NOT NULL DEFAULT '';
ALTER TABLE carousels ADD COLUMN topic_small TEXT NOT NULL DEFAULT '';
ALTER TABLE carousels ADD COLUMN profile_id TEXT;

UPDATE carousels SET
    title_small = lower(title),
    topic_small = lower(COALESCE(brief::json ->> 'topic', '')),
    profile_id = brief::json ->> 'profile';

CREATE INDEX carousels_profile ON carousels (workspace_id, profile_id, created_at DESC, id DESC);
-- So that a sum of costs reads no contents.
CREATE INDEX variants_cost ON variants (workspace_id, carousel_id, cost_micro_usd);
-- The few that are being written, to find those that no job writes.
CREATE INDEX carousels_generating ON carousels (workspace_id, id) WHERE state = 'generating';
