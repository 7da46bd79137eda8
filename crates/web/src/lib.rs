//! Pages, fragments, JSON API and events over studio.
