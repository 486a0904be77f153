-- _report_statement(): further statements of the report's text as one number each, the
-- second list of report_fact.
--
-- Columns: id, as in published_fact; value. An ordering is a number too: a rank, or
-- how many years, levels or counties are on the wrong side of what the text says.
-- Means over a period are of its yearly counts (sum by sum), as in chapter 5. NULL
-- where the register lacks the people or years. n58, n59, n60 and m45 estimate the
-- nine models. Source: Rapporter 2015/17, chapters 1-5.
-- A macro, as a view of 70 parts would be bound each time that a database is made.
CREATE OR REPLACE MACRO _report_statement() AS TABLE
SELECT 'n01' AS id, (SELECT count(*) FROM (SELECT year, arg_max(q,n) t FROM (SELECT year, quarter(event_date) q, count(*) n FROM emigration WHERE year BETWEEN 2000 AND 2013 GROUP BY ALL) GROUP BY year) WHERE t=3)::DOUBLE AS value
UNION ALL
SELECT 'n03' AS id, (SELECT avg(migrations) FROM figure_3_1 WHERE direction='emigration' AND year BETWEEN 1991 AND 2007)::DOUBLE AS value
UNION ALL
SELECT 'n05' AS id, (SELECT sum(migrations) FILTER (WHERE direction='immigration')/sum(migrations) FILTER (WHERE direction='emigration') FROM figure_3_2)::DOUBLE AS value
UNION ALL
SELECT 'm01' AS id, (SELECT regr_slope(migrations,year) FROM figure_3_2 WHERE direction='immigration')::DOUBLE AS value
UNION ALL
SELECT 'n07' AS id, (SELECT arg_min(g,d) FROM (SELECT g, sum(CASE direction WHEN 'immigration' THEN migrations ELSE -migrations END) d FROM (SELECT 1 g,* FROM figure_3_4 UNION ALL SELECT 2,* FROM figure_3_5 UNION ALL SELECT 3,* FROM figure_3_6) WHERE year BETWEEN 2004 AND 2013 GROUP BY g))::DOUBLE AS value
UNION ALL
SELECT 'n08' AS id, (SELECT sum(age*emigrations) FILTER (WHERE sex='female')/sum(emigrations) FILTER (WHERE sex='female') - sum(age*emigrations) FILTER (WHERE sex='male')/sum(emigrations) FILTER (WHERE sex='male') FROM figure_3_7)::DOUBLE AS value
UNION ALL
SELECT 'n10' AS id, (SELECT arg_max(age,emigrations) FROM figure_3_8 WHERE country_group=2)::DOUBLE AS value
UNION ALL
SELECT 'm03' AS id, (SELECT regr_slope(frequency,year) FROM figure_3_12 WHERE sex='female' AND year>=2008)::DOUBLE AS value
UNION ALL
SELECT 'n12' AS id, (SELECT arg_min(year,frequency) FROM figure_3_10)::DOUBLE AS value
UNION ALL
SELECT 'n13' AS id, (SELECT regr_slope(frequency,year) FROM figure_3_16 WHERE duration_group='3-5' AND year>=2007)::DOUBLE AS value
UNION ALL
SELECT 'n14' AS id, (SELECT max(frequency) FILTER (WHERE year=2013)/max(frequency) FILTER (WHERE year=2000) FROM figure_3_16 WHERE duration_group='0-2')::DOUBLE AS value
UNION ALL
SELECT 'm04' AS id, (SELECT avg(frequency) FILTER (WHERE age_group='0-6')/avg(frequency) FILTER (WHERE age_group='18-34') FROM figure_3_14)::DOUBLE AS value
UNION ALL
SELECT 'n15' AS id, (SELECT count(*) FROM (SELECT year, max(frequency) FILTER (WHERE country_group=2) a, max(frequency) FILTER (WHERE country_group=1) b FROM figure_3_18 WHERE year BETWEEN 2007 AND 2009 GROUP BY year) WHERE a>b)::DOUBLE AS value
UNION ALL
SELECT 'n16' AS id, (SELECT avg(frequency) FILTER (WHERE country_group=2)/avg(frequency) FILTER (WHERE country_group=3) FROM figure_3_18 WHERE year BETWEEN 2011 AND 2013)::DOUBLE AS value
UNION ALL
SELECT 'n19' AS id, (SELECT avg(administrative::INT) FROM emigration WHERE immigrant AND year>=2000 AND birth_country IN ('SWE','DNK','FIN','ISL'))::DOUBLE AS value
UNION ALL
SELECT 'n20' AS id, (SELECT avg(administrative::INT) FILTER (WHERE birth_country IN ('PHL','SOM','IRQ','ERI','LKA'))/avg(administrative::INT) FROM emigration WHERE immigrant AND year>=2000)::DOUBLE AS value
UNION ALL
SELECT 'm05' AS id, (SELECT count(*) FROM (SELECT year, avg(administrative::INT) a FROM emigration WHERE immigrant AND year BETWEEN 2009 AND 2013 GROUP BY year) WHERE a>0.2)::DOUBLE AS value
UNION ALL
SELECT 'm07' AS id, (SELECT avg(administrative::INT) FILTER (WHERE year>=2009)-avg(administrative::INT) FILTER (WHERE year BETWEEN 1990 AND 1999) FROM emigration WHERE immigrant AND year>=1990)::DOUBLE AS value
UNION ALL
SELECT 'm09' AS id, (SELECT avg(administrative::INT) FILTER (WHERE year IN (2011,2012))-avg(administrative::INT) FILTER (WHERE year BETWEEN 2007 AND 2009) FROM emigration WHERE immigrant AND country_group=2)::DOUBLE AS value
UNION ALL
SELECT 'n22' AS id, (SELECT avg((country=birth_country)::INT) FROM emigration WHERE immigrant AND country IS NOT NULL AND year BETWEEN 2009 AND 2013)::DOUBLE AS value
UNION ALL
SELECT 'm10' AS id, (SELECT avg((country IS NULL)::INT) FROM emigration WHERE immigrant AND year BETWEEN 2000 AND 2013)::DOUBLE AS value
UNION ALL
SELECT 'n23' AS id, (SELECT avg(l) FROM (SELECT (EXISTS (FROM migration m WHERE m.person_id=p.person_id AND direction='emigration' AND event_date<first_immigration+INTERVAL 5 YEAR))::INT l FROM person p WHERE immigrant AND year(first_immigration) BETWEEN 2000 AND 2005))::DOUBLE AS value
UNION ALL
SELECT 'm11' AS id, (SELECT count(*) FROM (SELECT year, arg_min(centrality,emigrations) t FROM figure_5_1 GROUP BY year) WHERE t=2)::DOUBLE AS value
UNION ALL
SELECT 'n26' AS id, (SELECT count(*) FROM (SELECT centrality, max(frequency) FILTER (WHERE year=2013)-max(frequency) FILTER (WHERE year=2012) d FROM figure_5_2 GROUP BY centrality) WHERE d>0)::DOUBLE AS value
UNION ALL
SELECT 'n27' AS id, (SELECT count(*) FROM (SELECT centrality, max(frequency) FILTER (WHERE year IN (2009,2010))-max(frequency) FILTER (WHERE year=2008) d FROM figure_5_2 GROUP BY centrality) WHERE d>0)::DOUBLE AS value
UNION ALL
SELECT 'm13' AS id, (SELECT count(*) FROM (SELECT centrality, max(frequency) FILTER (WHERE year=2012)-max(frequency) FILTER (WHERE year=2010) d FROM figure_5_2 GROUP BY centrality) WHERE d<0)::DOUBLE AS value
UNION ALL
SELECT 'm14' AS id, (SELECT count(*) FROM (SELECT year, centrality, list(frequency ORDER BY duration_group) l FROM (FROM figure_5_7 UNION ALL FROM figure_5_8 UNION ALL FROM figure_5_9 UNION ALL FROM figure_5_10 UNION ALL FROM figure_5_11) GROUP BY ALL) WHERE l[1]>l[2] AND l[2]>l[3] AND l[3]>l[4] AND l[4]>l[5])::DOUBLE AS value
UNION ALL
SELECT 'n28' AS id, (SELECT count(*) FROM (SELECT year, arg_max(centrality,frequency) t FROM figure_5_7 WHERE year>2004 GROUP BY year) WHERE t=4)::DOUBLE AS value
UNION ALL
SELECT 'n29' AS id, (SELECT count(*) FROM (SELECT year, arg_min(centrality,frequency) t FROM figure_5_7 WHERE year>=2011 GROUP BY year) WHERE t=1)::DOUBLE AS value
UNION ALL
SELECT 'n31' AS id, (SELECT min(f) FILTER (WHERE centrality IN (1,4))-max(f) FILTER (WHERE centrality IN (2,3)) FROM (SELECT centrality, 100.0*sum(emigrations)/sum(residents) f FROM figure_5_10 GROUP BY centrality))::DOUBLE AS value
UNION ALL
SELECT 'm15' AS id, (SELECT arg_min(centrality,f) FROM (SELECT centrality, 100.0*sum(emigrations)/sum(residents) f FROM figure_5_10 GROUP BY centrality))::DOUBLE AS value
UNION ALL
SELECT 'n32' AS id, (SELECT count(*) FROM (SELECT centrality, max(frequency) FILTER (WHERE year=2009)-max(frequency) FILTER (WHERE year=2008) d FROM figure_5_11 GROUP BY centrality) WHERE d>0)::DOUBLE AS value
UNION ALL
SELECT 'm18' AS id, (SELECT count(*) FROM (SELECT year, centrality, arg_min(country_group,frequency) t FROM (FROM figure_5_12 UNION ALL FROM figure_5_13 UNION ALL FROM figure_5_14 UNION ALL FROM figure_5_15) GROUP BY ALL) WHERE t=3)::DOUBLE AS value
UNION ALL
SELECT 'm20' AS id, (SELECT arg_max(year,frequency) FROM figure_5_15 WHERE country_group=2)::DOUBLE AS value
UNION ALL
SELECT 'm21' AS id, (SELECT avg(frequency) FILTER (WHERE year>=2011)/avg(frequency) FILTER (WHERE year IN (2008,2009)) FROM figure_5_15 WHERE country_group=2)::DOUBLE AS value
UNION ALL
SELECT 'm22' AS id, (SELECT count(*) FROM (SELECT year, arg_max(centrality,frequency) t FROM figure_5_16 WHERE year>=2011 GROUP BY year) WHERE t=4)::DOUBLE AS value
UNION ALL
SELECT 'm23' AS id, (SELECT count(*) FROM (SELECT year, arg_max(centrality,frequency) a, arg_min(centrality,frequency) b FROM figure_5_18 WHERE year<=2002 GROUP BY year) WHERE a=1 AND b=4)::DOUBLE AS value
UNION ALL
SELECT 'n34' AS id, (SELECT min(d) FROM (SELECT year, max(frequency) FILTER (WHERE sex='male')-max(frequency) FILTER (WHERE sex='female') d FROM figure_5_20 WHERE year IN (2003,2007,2010) GROUP BY year))::DOUBLE AS value
UNION ALL
SELECT 'm24' AS id, (SELECT count(*) FROM (SELECT year, max(frequency) FILTER (WHERE sex='male')-max(frequency) FILTER (WHERE sex='female') d FROM figure_5_20 GROUP BY year) WHERE (d>0)=(year<>2002))::DOUBLE AS value
UNION ALL
SELECT 'm26' AS id, (SELECT max(frequency) FILTER (WHERE sex='male')-max(frequency) FILTER (WHERE sex='female') FROM figure_5_19 WHERE year=2000)::DOUBLE AS value
UNION ALL
SELECT 'n35' AS id, (SELECT max(abs(d)) FROM (SELECT year, max(frequency) FILTER (WHERE sex='male')-max(frequency) FILTER (WHERE sex='female') d FROM figure_5_21 GROUP BY year))::DOUBLE AS value
UNION ALL
SELECT 'n37' AS id, (SELECT count(*) FILTER (WHERE county IN ('Oslo','Sør-Trøndelag','Troms')) FROM (SELECT county FROM figure_5_30 WHERE age_group='18-34' AND period='2009-2013' AND county<>'Norway' ORDER BY percent DESC, county LIMIT 3))::DOUBLE AS value
UNION ALL
SELECT 'n39' AS id, (SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT percent v, max(percent) FILTER (WHERE county='Akershus') OVER () x FROM figure_5_30 WHERE age_group='35-62' AND period='2009-2013' AND county<>'Norway'))::DOUBLE AS value
UNION ALL
SELECT 'n40' AS id, (SELECT count(*) FILTER (WHERE (percent>50) <> (county IN ('Oslo','Rogaland','Hordaland','Sør-Trøndelag'))) FROM figure_5_29 WHERE sex='male' AND period='2004-2008' AND county<>'Norway')::DOUBLE AS value
UNION ALL
SELECT 'm28' AS id, (SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT percent v, max(percent) FILTER (WHERE county='Finnmark') OVER () x FROM figure_5_29 WHERE sex='female' AND period='2009-2013' AND county<>'Norway'))::DOUBLE AS value
UNION ALL
SELECT 'm29' AS id, (SELECT count(*) FROM (SELECT county, max(percent) FILTER (WHERE period='2009-2013')-max(percent) FILTER (WHERE period='2004-2008') d FROM figure_5_29 WHERE sex='male' AND county<>'Norway' GROUP BY county) WHERE d>0)::DOUBLE AS value
UNION ALL
SELECT 'n42' AS id, (SELECT count(*) FILTER (WHERE (percent>n) <> (county IN ('Oslo','Østfold','Telemark','Vest-Agder','Nordland'))) FROM (SELECT *, max(percent) FILTER (WHERE county='Norway') OVER () n FROM figure_5_28 WHERE country_group=3 AND period='2009-2013') WHERE county<>'Norway')::DOUBLE AS value
UNION ALL
SELECT 'm31' AS id, (SELECT sum(CASE county WHEN 'Oslo' THEN percent ELSE -percent END) FROM figure_5_30 WHERE county IN ('Oslo','Norway') AND age_group IN ('0-6','7-17') AND period='2009-2013')::DOUBLE AS value
UNION ALL
SELECT 'n43' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_31 GROUP BY county) SELECT count(*) FILTER (WHERE (p2>p1) <> (county IN ('Oslo','Rogaland'))) FROM w WHERE county<>'Norway')::DOUBLE AS value
UNION ALL
SELECT 'm32' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_31 GROUP BY county) SELECT count(*) FILTER (WHERE county IN ('Buskerud','Sogn og Fjordane','Sør-Trøndelag','Troms')) FROM (SELECT county FROM w WHERE county<>'Norway' ORDER BY p2-p1 ASC, county LIMIT 4))::DOUBLE AS value
UNION ALL
SELECT 'm34' AS id, (SELECT avg(frequency) FILTER (WHERE duration_group='6-10')/avg(frequency) FILTER (WHERE duration_group='3-5') FROM figure_3_16 WHERE year BETWEEN 2004 AND 2013)::DOUBLE AS value
UNION ALL
SELECT 'n45' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_34 GROUP BY county) SELECT count(*) FILTER (WHERE county IN ('Troms','Finnmark')) FROM (SELECT county FROM w WHERE county<>'Norway' ORDER BY p1+p2 DESC, county LIMIT 2))::DOUBLE AS value
UNION ALL
SELECT 'n46' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_37 GROUP BY county) SELECT count(*) FILTER (WHERE (p2>p1) <> (county IN ('Nord-Trøndelag'))) FROM w WHERE county<>'Norway')::DOUBLE AS value
UNION ALL
SELECT 'm36' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_36 GROUP BY county) SELECT count(*) FILTER (WHERE county IN ('Aust-Agder','Vest-Agder')) FROM (SELECT county FROM w WHERE county<>'Norway' ORDER BY p1+p2 ASC, county LIMIT 2))::DOUBLE AS value
UNION ALL
SELECT 'n47' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_38 GROUP BY county) SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT p2-p1 v, max(p2-p1) FILTER (WHERE county='Rogaland') OVER () x FROM w WHERE county<>'Norway'))::DOUBLE AS value
UNION ALL
SELECT 'm37' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_39 GROUP BY county) SELECT p2-p1 FROM w WHERE county='Norway')::DOUBLE AS value
UNION ALL
SELECT 'm38' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_40 GROUP BY county) SELECT p2-p1 FROM w WHERE county='Norway')::DOUBLE AS value
UNION ALL
SELECT 'm40' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_40 GROUP BY county) SELECT count(*) FILTER (WHERE county IN ('Østfold','Aust-Agder')) FROM (SELECT county FROM w WHERE county<>'Norway' ORDER BY p1+p2 ASC, county LIMIT 2))::DOUBLE AS value
UNION ALL
SELECT 'n50' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_44 GROUP BY county) SELECT p2-p1 FROM w WHERE county='Norway')::DOUBLE AS value
UNION ALL
SELECT 'n51' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_45 GROUP BY county) SELECT p2-p1 FROM w WHERE county='Norway')::DOUBLE AS value
UNION ALL
SELECT 'm42' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_41 GROUP BY county) SELECT count(*) FILTER (WHERE county IN ('Aust-Agder','Vest-Agder')) FROM (SELECT county FROM w WHERE county<>'Norway' ORDER BY p1+p2 ASC, county LIMIT 2))::DOUBLE AS value
UNION ALL
SELECT 'n52' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_42 GROUP BY county) SELECT count(*) FILTER (WHERE county IN ('Rogaland','Sogn og Fjordane')) FROM (SELECT county FROM w WHERE county<>'Norway' ORDER BY p1+p2 DESC, county LIMIT 2))::DOUBLE AS value
UNION ALL
SELECT 'n54' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_46 GROUP BY county) SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT p1+p2 v, max(p1+p2) FILTER (WHERE county='Oslo') OVER () x FROM w WHERE county<>'Norway'))::DOUBLE AS value
UNION ALL
SELECT 'n55' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_47 GROUP BY county) SELECT count(*) FILTER (WHERE county IN ('Troms','Sør-Trøndelag','Sogn og Fjordane')) FROM (SELECT county FROM w WHERE county<>'Norway' ORDER BY p1 DESC, county LIMIT 3))::DOUBLE AS value
UNION ALL
SELECT 'm43' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_47 GROUP BY county) SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT p2 v, max(p2) FILTER (WHERE county='Sør-Trøndelag') OVER () x FROM w WHERE county<>'Norway'))::DOUBLE AS value
UNION ALL
SELECT 'n56' AS id, (WITH w AS (SELECT county, max(frequency) FILTER (WHERE period='2004-2008') p1, max(frequency) FILTER (WHERE period='2009-2013') p2 FROM figure_5_47 GROUP BY county) SELECT count(*) FROM w WHERE p2>p1 AND county IN ('Norway','Aust-Agder','Vest-Agder'))::DOUBLE AS value
UNION ALL
SELECT 'n58' AS id, (WITH v AS (SELECT d.equation, sqrt(r.covariance/(1-d.r2)) s, e.dependent, m.country_group FROM published_diagnostic d JOIN published_residual_covariance r ON r.equation_i=d.equation AND r.equation_j=d.equation JOIN equation e ON e.equation=d.equation JOIN model m ON m.model=e.model), l AS (UNPIVOT (SELECT country_group, year, COLUMNS('^emi_') FROM group_panel WHERE year>=1992) ON COLUMNS('^emi_') INTO NAME dependent VALUE emi), s AS (SELECT country_group, dependent, stddev_pop(emi) sd FROM l GROUP BY ALL) SELECT count(*) FILTER (WHERE sd/s BETWEEN 2.0/3 AND 1.5) FROM v JOIN s USING (country_group, dependent))::DOUBLE AS value
UNION ALL
SELECT 'n59' AS id, (SELECT count(*) FROM published_coefficient p JOIN sur_report s USING (model, parameter) WHERE abs(p.t_value)>2.5 AND sign(s.estimate)=sign(p.estimate))::DOUBLE AS value
UNION ALL
SELECT CASE experiment WHEN 'i' THEN 'n60' ELSE 'm45' END AS id, estimated_coefficients::DOUBLE AS value FROM table_4_11 WHERE experiment IN ('i', 'iii') AND year IS NULL;
