// Package demo invents a population register: immigrants to Norway and the rest
// of the population, 1990-2013, with residence and migrations, from a seed. The
// register is synthetic; its stocks follow published tables, its yearly emigration
// frequencies the 36 equations of Rapporter 2015/17, and its people behave as the
// text says.
//
// It knows nothing of DuckDB: it makes columns. The same scale and seed give the
// same register bit for bit, however many threads make it.
//
// # How a person lives
//
// People live in homes of one or two adults and their children (life.go). History
// begins in 1950, so that the long durations of 1990 have grown by themselves. Every
// year each home does at most one of these, in this order:
//
// It leaves, with chance
//
//	mean over adults of  age(sex, age) × level(kind, year)
//	                     × [duration(d) + duration(d+1)]/2 × place(county, centrality, d, group, year)
//	                     × phase(county, age or youngest child) × sex(centrality, year)
//	                     × women(county), of women
//	                     × mobility(country, year), if d < 6, or tilt(kind), if d ≥ 10
//	times                0.9 of a couple, 1.5 of who came back once, and of a home with
//	                     children the mean of their level (0.5-0.75 where all were born here)
//
// where kind is the country group, sex and age group that a series of the report
// counts (emi_k3: women of 18-34), d the completed years since first immigration, and
// place = County(county, period, d) × Group(group, county, period) × Central(centrality,
// d, year) × GroupCentral(group, centrality, era), with d in five classes.
// Where fewer have left than chances add up to, the next of their like leave more readily
// (due, turn.go).
// With 0.08, of country group 2 0.4, one of two adults goes alone, the readier more often.
// A new arrival leaves in its first year with duration(0) × ShortStay × what is left of the
// year.
//
// Who was born in Norway to parents born there leaves with a chance by county, age and
// sex, times a year's, and 0.5-0.75 × Family with children (native.go). Most immigrants go
// home; others go where those born here go, more to Sweden and Denmark by and by
// (destinations, origin.go).
//
// It returns with chance comesBack(group), 0.9 of those born in Norway, after a wait
// whose yearly chance to end is 0.35 (0.30).
//
// Somebody dies: 0.0002 + 0.95e-5·exp(0.105 age) of women, 0.0004 + 1.5e-5·exp(0.105
// age) of men. A woman has a child: a hump around 29.5 years that sums to 1.95, times
// that of her country. It moves within Norway: 0.085, 0.065, 0.018 by duration, half
// of that from 50 years on, to a region drawn by where the group lives, by how those born here
// are drawn to the centre, and more often to the counties around Oslo (onwardTo, demo.go).
//
// Immigrants arrive: of each country as many as its published stock on the next
// 1 January needs (immigrant.go, origin.go), to the region where most are wanting and to
// the taste of their phase of life (goal.go), alone, as a couple, a family, or to somebody
// who is here; youngest + gamma(2) years old with mean older × Older(group, sex, year) more,
// of a couple of country group 2 she, and he two years older.
// Men and women who come alone to a county take turns, and so do the few who are old when they
// come (inTurn, turn.go).
//
// Last, and without a bearing on any life, comes why somebody came (reason.go) and who
// becomes a Norwegian citizen (citizenship.go): students and labour migrants leave more
// often, refugees and citizens seldom.
//
// # What is fitted to what
//
//	Level      frequencies by kind and year with which the 36 equations and the text are true
//	           at once (balance_test.go). They start from what the equations give on the
//	           register with residuals drawn from annex C, in part common to all groups. They
//	           are history, as the macro series are: every register has the same, and its seed
//	           decides who the people are. Changed as little as can be, in standard deviations
//	           of annex C, they are such that on four registers, on average, least squares
//	           iterated as the report's finds the report's coefficients, residuals have no mean
//	           and vary as annex C has it and the series as it and R² have it; and that what
//	           the text says of levels and of how years follow one another holds
//	           (statement_test.go), and published emigrations of foreign citizens in 1997,
//	           2005, 2007, 2008, 2011 and 2013, over 66 in 2000, 2002 and 2007, and the share of
//	           men in 2000 and 2002, with room for the chances of a register. What cannot be had
//	           together is missed a little everywhere,
//	           counted in standard errors
//	Tilt       shares with 0-9 years of residence with which equations 4.1 agree with the
//	           frequencies of country group 1
//	Duration   the duration most common among emigrants (3.2.2); otherwise, and Age and Older
//	           of country group 1 (ages at arrival), as earlier calibrations left them
//	Older      of women of country group 2: that what equation 4.2.2 gives varies little more
//	           than its R² and annex C have it
//	Central,   levels and order of chapter 5's figures and text, as the tables of
//	County,    calibrate_target_test.go read them, relative to the emigrations that there
//	Group,     are: by centrality, duration and year, with the rise after 2008 at all levels
//	Phase,     (5.1.2-5.1.4); by country group, centrality and era (5.1.5, 5.1.6), of which
//	Group-     the first has asylum seekers, registered while they waited far from the centre;
//	Central,   by county, duration and period (5.2.3), by county, country group and period
//	Women,     (5.2.4), by county and age (5.2.6); of men against women by county (5.2.5) and
//	SexCentral by centrality and year (5.1.7). What the factors of a county's groups or ages
//	           have in common is the county's, and so for centrality; what a group has in all
//	           counties, or a sex at all centralities, is Level's
//	Country    published emigrations by citizenship (testdata/emigration_country.csv), as far
//	           as the equations give the country's group so many, and otherwise short by as
//	           many standard errors each: Sweden's after 2008; a fifth of to six times as
//	           readily as others of the kind
//	Young      the counties' shares of 18-34 years in 2009-2013, Oslo's the highest (5.2.1)
//	Men        the counties with more men than women in the two periods (5.2.1)
//	Native     published emigrations of everybody by county in 2008, less those of
//	           immigrants in the register, of Norwegian citizens by age and sex, and of
//	           children; as many in all as the report tells (3.2.1)
//	ShortStay  1 850 a year who come and go in one year (1.2.2)
//	why        first immigrations of each year by reason (data/reason_year.csv)
//
// The result is data/behaviour.json. From the targets it is made again by
//
//	DEMO_CALIBRATE="24 8" go test -timeout 1h -run Calibrate ./engine/demo
//
// in a few minutes: 24 rounds of everything on four registers each, 8 of Native, from the
// factors that are there; with the word anew after the numbers the years begin from a draw
// of their own. In the last third of the rounds only Level moves, of which the mean over
// these rounds is taken, so that the chances of their registers cancel out. Run on the file
// that is there it gives another that is as good, not the same digits; TestFacts measures it.
package demo
