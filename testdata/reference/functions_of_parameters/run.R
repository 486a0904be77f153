suppressMessages({library(car);library(numDeriv);library(systemfit)}); source("../residuals_carried/lib.R")
# f: fitted system; fun: named list of expressions in the parameters. Delta method: car::deltaMethod and own numeric Jacobian (numDeriv)
longrun <- function(tag,f,fun,waldsets,ratios,ndraw=0,seed=1){
  put(paste0(tag,".estimate"),names(f$b),"",f$b); put(paste0(tag,".se"),names(f$b),"",sqrt(diag(f$V))); put(paste0(tag,".loglik"),"","",f$ll); put(paste0(tag,".T"),"","",f$T)
  gf <- function(b) { e <- as.list(setNames(b,f$pars)); sapply(fun,function(s) eval(parse(text=s),e)) }
  J <- jacobian(gf,f$b,method.args=list(r=6)); th <- gf(f$b); V <- J%*%f$V%*%t(J); dimnames(V) <- list(names(fun),names(fun))
  dm <- t(sapply(fun,function(s) unlist(deltaMethod(f$b,s,vcov.=f$V)[1:2]))); chk(paste(tag,"delta est"),dm[,1],th); chk(paste(tag,"delta se"),dm[,2],sqrt(diag(V)))
  # exact symbolic Jacobian
  Js <- t(sapply(fun,function(s) sapply(f$pars,function(p) eval(D(parse(text=s)[[1]],p),as.list(f$b))))); dim(Js) <- c(length(fun),length(f$b)); Vs <- Js%*%f$V%*%t(Js); dimnames(Vs) <- dimnames(V); chk(paste(tag,"delta V symbolic/numeric"),diag(Vs),diag(V)); chk(paste(tag,"car vs symbolic"),dm[,2],sqrt(diag(Vs)))
  put(paste0(tag,".nl_estimate"),names(fun),"",th); put(paste0(tag,".nl_se"),names(fun),"",sqrt(diag(Vs))); putm(paste0(tag,".nl_cov"),Vs)
  for(nm in names(waldsets)){ ww <- waldsets[[nm]]; gw <- function(b) { e <- as.list(setNames(b,f$pars)); sapply(ww,function(s) eval(parse(text=s),e)) }
    Jw <- t(sapply(ww,function(s) sapply(f$pars,function(p) eval(D(parse(text=s)[[1]],p),as.list(f$b))))); v <- gw(f$b); st <- as.numeric(t(v)%*%solve(Jw%*%f$V%*%t(Jw),v)); q <- length(ww)
    put(paste0(tag,".wald.",nm),c("chi2","df","p"),"",c(st,q,pchisq(st,q,lower.tail=FALSE))) }
  for(nm in names(ratios)) for(dist in c("normal","t","normal999","normal999999")){ n <- ratios[[nm]] # list(num=parameter, den="b") for num/(1-den)
    g <- f$b[[n$num]]; dd <- 1-f$b[[n$den]]; vgg <- f$V[n$num,n$num]; vdd <- f$V[n$den,n$den]; vgd <- -f$V[n$num,n$den]; c0 <- switch(dist,normal=qnorm(.975),normal999=qnorm(.9995),normal999999=qnorm(1-5e-7),t=qt(.975,f$T*f$M-f$K))
    a <- dd^2-c0^2*vdd; b <- g*dd-c0^2*vgd; cc <- g^2-c0^2*vgg; disc <- b^2-a*cc
    kind <- if(a>0) "interval" else if(disc>0) "two rays" else "whole line"
    lo <- if(disc>=0) (b-sqrt(disc))/a else NA; hi <- if(disc>=0) (b+sqrt(disc))/a else NA; if(!is.na(lo)&&lo>hi){ x <- lo; lo <- hi; hi <- x }
    # independent: roots of the quadratic by polyroot
    if(disc>=0){ pr <- sort(Re(polyroot(c(cc,-2*b,a)))); chk(paste(tag,nm,dist,"fieller polyroot"),pr,c(lo,hi)) }
    put(paste0(tag,".fieller_",dist,".",nm),c("kind","lower","upper"),"",c(kind,if(is.na(lo)) "" else sprintf("%.15g",lo),if(is.na(hi)) "" else sprintf("%.15g",hi)))
    se <- sqrt(Vs[nm,nm]); put(paste0(tag,".delta_",dist,".",nm),c("lower","upper"),"",th[[nm]]+c(-1,1)*c0*se)
    # log-likelihood-free check: |t| of g - theta*(1-b) at each end equals the critical value
    if(disc>=0) for(x in c(lo,hi)) stopifnot(abs(abs((g-x*dd)/sqrt(vgg-2*x*vgd+x^2*vdd))-c0)<1e-8) }
  if(ndraw>0){ set.seed(seed); B <- matrix(rnorm(ndraw*length(f$b)),ndraw); L <- chol(f$V+1e-300); B <- sweep(B%*%L,2,f$b,"+"); TH <- t(apply(B,1,gf)); for(j in seq_along(fun)) put(paste0(tag,".mc_parameter_draws.",names(fun)[j]),c("q0.025","q0.5","q0.975"),"",sapply(quantile(TH[,j],c(.025,.5,.975),na.rm=TRUE),function(x) signif(x,4))) }
  invisible(f) }
# residual bootstrap (fixed regressors except lagged left sides which are regenerated), Monte Carlo numbers, 3 digits
rboot <- function(tag,f,fun,lagpar,method,n,seed,...){ set.seed(seed); d <- f$s$d; TH <- NULL; Ec <- sweep(f$E,2,colMeans(f$E)); rows <- match(f$s$period,d$period)
  for(r in 1:n){ e <- Ec[sample(f$T,replace=TRUE),,drop=FALSE]; Y <- f$s$Y; X <- f$s$X
    for(t in 1:f$T) for(i in 1:f$M){ lp <- lagpar[i]; if(t>1&&!is.na(lp)) X[[i]][t,lp] <- Y[t-1,i]; Y[t,i] <- sum(X[[i]][t,]*f$b[colnames(X[[i]])])+e[t,i] }
    s <- f$s; s$Y <- Y; s$X <- X; g <- try(sysfit(f$eqs,NULL,method,s=s,tol=1e-8,maxit=2000),silent=TRUE); if(inherits(g,"try-error")) next
    TH <- rbind(TH,sapply(fun,function(x) eval(parse(text=x),as.list(g$b)))) }
  for(j in seq_along(fun)) put(paste0(tag,".bootstrap.",names(fun)[j]),c("sd","q0.025","q0.5","q0.975","replications"),"",c(signif(c(sd(TH[,j],na.rm=TRUE),quantile(TH[,j],c(.025,.5,.975),na.rm=TRUE)),4),sum(is.finite(TH[,j])))) }
d <- read.csv("report2.csv"); eq <- function(i) list(left=paste0("emi_",i),terms=setNames(c("1",paste0("lag(emi_",i,")"),paste0("an_",i),"ln(lag(relinnt))","lag(led)"),c(paste0("a",i),paste0("b",i),"c",paste0("e",i),"g")))
E <- list(eq(1),eq(2)); fun <- list(lr1="g/(1-b1)",lr2="g/(1-b2)",lrc1="c/(1-b1)",lre2="e2/(1-b2)",meanlag1="b1/(1-b1)",halflife2="log(0.5)/log(b2)")
W <- list(equal_long_run=c("g/(1-b1)-g/(1-b2)"),both_zero=c("g/(1-b1)","g/(1-b2)"),product_form=c("g*(1-b2)-g*(1-b1)"),three=c("g/(1-b1)-g/(1-b2)","e1/(1-b1)-e2/(1-b2)"))
R <- list(lr1=list(num="g",den="b1"),lr2=list(num="g",den="b2"),lrc1=list(num="c",den="b1"),lre2=list(num="e2",den="b2"))
f <- longrun("report2.isur",sysfit(E,d,"isur"),fun,W,R,20000,11); rboot("report2.isur",f,fun,c("b1","b2"),"isur",1000,12)
longrun("report2.sur_geomean",sysfit(E,d,"sur","geomean"),fun,W,R); longrun("report2.ols",sysfit(E,d,"ols"),fun,W,R)
# the same by systemfit (restriction matrix c, g shared)
dd <- sysdata(E,d); z <- data.frame(y1=dd$Y[,1],y2=dd$Y[,2],x1=dd$X[[1]][,-1],x2=dd$X[[2]][,-1]); names(z)[-(1:2)] <- c("l1","n1","r1","u1","l2","n2","r2","u2")
rm <- matrix(0,2,10); rm[1,3] <- 1; rm[1,8] <- -1; rm[2,5] <- 1; rm[2,10] <- -1
sf <- systemfit(list(one=y1~l1+n1+r1+u1,two=y2~l2+n2+r2+u2),"SUR",data=z,restrict.matrix=rm,methodResidCov="noDfCor",maxiter=20000,tol=1e-13)
chk("systemfit isur estimate",coef(sf)[c(1:5,6,7,9)],f$b[c("a1","b1","c","e1","g","a2","b2","e2")]); dmf <- deltaMethod(coef(sf),"one_u1/(1-two_l2)",vcov.=vcov(sf)); chk("deltaMethod(systemfit) lr2",c(dmf$Estimate,dmf$SE),c(f$b["g"]/(1-f$b["b2"]),sqrt(deltaMethod(f$b,"g/(1-b2)",vcov.=f$V)$SE^2)))
u <- read.csv("usmacro.csv"); E <- list(list(left="ln(consumption)",terms=c(a1="1",b1="lag(ln(consumption))",y1="ln(dpi)",r1="lag(interest)")),list(left="ln(invest)",terms=c(a2="1",b2="lag(ln(invest))",y2="ln(gdp)",r2="lag(interest)")))
fun <- list(inc1="y1/(1-b1)",int1="r1/(1-b1)",inc2="y2/(1-b2)",int2="r2/(1-b2)"); W <- list(unit_elasticity1="y1/(1-b1)-1",equal_income="y1/(1-b1)-y2/(1-b2)",joint=c("y1/(1-b1)-1","y2/(1-b2)-1"))
R <- list(inc1=list(num="y1",den="b1"),int1=list(num="r1",den="b1"),inc2=list(num="y2",den="b2"),int2=list(num="r2",den="b2"))
longrun("usmacro.isur",sysfit(E,u,"isur"),fun,W,R,20000,13); g <- longrun("usmacro.ols",sysfit(E[1],u,"ols","geomean"),fun[1:2],W[1],R[1:2])
# Bewley transform: the long run and its delta-method SE come out of an IV regression on diff(y) instrumented by lag(y)
s <- sysdata(E[1],u); y <- s$Y[,1]; X <- s$X[[1]]; iv <- AER::ivreg(y~I(y-X[,2])+X[,3]+X[,4]|X[,2]+X[,3]+X[,4]); b <- coef(iv); V <- vcov(iv)
sg <- sqrt(sum(g$E^2)/(g$T-4)); sgb <- summary(iv)$sigma; chk("Bewley long run = delta estimate",b[3:4],c(g$b["y1"],g$b["r1"])/(1-g$b["b1"])); chk("Bewley SE = delta SE",sqrt(diag(V))[3:4],sapply(fun[1:2],function(x) deltaMethod(g$b,x,vcov.=g$V)$SE))
put("usmacro.ols.bewley_long_run",c("inc1","int1"),"",b[3:4]); put("usmacro.ols.bewley_se",c("inc1","int1"),"",sqrt(diag(V))[3:4]); dump()
