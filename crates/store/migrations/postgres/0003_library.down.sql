-- Takes away what the library searched by.
DROP INDEX carousels_generating;
DROP INDEX variants_cost;
DROP INDEX carousels_profile;
ALTER TABLE carousels DROP COLUMN profile_id;
ALTER TABLE carousels DROP COLUMN topic_small;
ALTER TABLE carousels DROP COLUMN title_small;
