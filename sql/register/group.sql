-- age_group_of(age): the report's six age groups: 0-6, 7-17, 18-34, 35-62, 63-70, 71+.
--
-- age: completed years. NULL for NULL and for negative ages.
-- Source: table A2.
-- Example: SELECT age_group_of(18);  -- 18-34
CREATE OR REPLACE MACRO age_group_of(age) AS
  CASE WHEN age < 0  THEN NULL
       WHEN age < 7  THEN '0-6'::age_group
       WHEN age < 18 THEN '7-17'::age_group
       WHEN age < 35 THEN '18-34'::age_group
       WHEN age < 63 THEN '35-62'::age_group
       WHEN age < 71 THEN '63-70'::age_group
       WHEN age >= 71 THEN '71+'::age_group END;

-- duration_group_of(years): duration of residence in the regional analysis: 0-2,
-- 3-5, 6-10, 11-15, 16+.
--
-- years: completed years since first immigration. NULL for NULL (never
-- immigrated) and for negative years (not immigrated yet).
-- Source: table A3b.
-- Example: SELECT duration_group_of(10);  -- 6-10
CREATE OR REPLACE MACRO duration_group_of(years) AS
  CASE WHEN years < 0  THEN NULL
       WHEN years < 3  THEN '0-2'::duration_group
       WHEN years < 6  THEN '3-5'::duration_group
       WHEN years < 11 THEN '6-10'::duration_group
       WHEN years < 16 THEN '11-15'::duration_group
       WHEN years >= 16 THEN '16+'::duration_group END;

-- duration_group_macro_of(years): duration of residence in the macro analysis:
-- 0-2, 3-9, 10+.
--
-- years: completed years since first immigration; NULL as duration_group_of.
-- Source: table A3a.
-- Example: SELECT duration_group_macro_of(10);  -- 10+
CREATE OR REPLACE MACRO duration_group_macro_of(years) AS
  CASE WHEN years < 0  THEN NULL
       WHEN years < 3  THEN '0-2'::duration_group_macro
       WHEN years < 10 THEN '3-9'::duration_group_macro
       WHEN years >= 10 THEN '10+'::duration_group_macro END;

-- duration_band_of(years): the coarsest bands from which both duration groups
-- can be built: 0-2, 3-5, 6-9, 10, 11-15, 16+.
--
-- years: completed years since first immigration; NULL as duration_group_of.
-- Example: SELECT duration_band_of(10);  -- 10
CREATE OR REPLACE MACRO duration_band_of(years) AS
  CASE WHEN years < 0  THEN NULL
       WHEN years < 3  THEN '0-2'::duration_band
       WHEN years < 6  THEN '3-5'::duration_band
       WHEN years < 10 THEN '6-9'::duration_band
       WHEN years = 10 THEN '10'::duration_band
       WHEN years < 16 THEN '11-15'::duration_band
       WHEN years >= 16 THEN '16+'::duration_band END;
