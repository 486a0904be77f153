-- Ordered types, so that groups sort as they read in a published table.
-- Source: Rapporter 2015/17, section 1.2.2 and annex A.

CREATE TYPE IF NOT EXISTS sex AS ENUM ('female', 'male');
CREATE TYPE IF NOT EXISTS direction AS ENUM ('immigration', 'emigration');

-- Completed years of age on 1 January, or when an event happens.
CREATE TYPE IF NOT EXISTS age_group AS ENUM ('0-6', '7-17', '18-34', '35-62', '63-70', '71+');

-- Completed years since first immigration: the five groups of the regional
-- analysis and the three of the macro analysis. They are not nested (6-10
-- straddles 3-9 and 10+), so cells carry duration_band, from which both follow.
CREATE TYPE IF NOT EXISTS duration_group AS ENUM ('0-2', '3-5', '6-10', '11-15', '16+');
CREATE TYPE IF NOT EXISTS duration_group_macro AS ENUM ('0-2', '3-9', '10+');
CREATE TYPE IF NOT EXISTS duration_band AS ENUM ('0-2', '3-5', '6-9', '10', '11-15', '16+');
