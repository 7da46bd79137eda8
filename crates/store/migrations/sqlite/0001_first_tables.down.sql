-- Takes the first tables away, with all that is in them.
DROP TABLE schedules;
DROP TABLE jobs;
DROP TABLE assets;
DROP TABLE audit;
DROP TABLE ratings;
DROP TABLE rejections;
DROP TABLE approvals;
DROP TABLE variants;
DROP TABLE carousels;
DROP TABLE profiles;
DROP TABLE members;
DROP TABLE workspaces;
