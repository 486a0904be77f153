DATA <- "system4.csv"; M <- 4
suppressMessages(library(sandwich)); source("../lib.R")
msq <- function(A,p){ e <- eigen((A+t(A))/2,symmetric=TRUE); e$vectors%*%diag(e$values^p,nrow(A))%*%t(e$vectors) }
# whitened blocks per period: Zt (M x K) and et (M), C'C = W (identity for OLS). The estimator is OLS of the whitened stack.
blocks <- function(f){ C <- if(f$method=="ols") diag(f$M) else f$C; K <- length(f$pars)
  lapply(1:f$T,function(t){ Z <- t(sapply(f$Z,function(z) z[t,])); if(K==1) Z <- matrix(sapply(f$Z,function(z) z[t,]),f$M); list(Z=C%*%Z,e=as.vector(C%*%f$E[t,])) }) }
# type: HC0 HC1 HC2 HC3 (blocks by period), CR1S = Stata's factor
scoresR <- function(f,type,B=blocks(f)){ A <- f$A; t(sapply(B,function(x){ e <- x$e; if(type%in%c("HC2","HC3")){ H <- x$Z%*%A%*%t(x$Z); G <- diag(f$M)-H; e <- if(type=="HC2") msq(G,-.5)%*%e else solve(G,e) }; as.vector(t(x$Z)%*%e) })) }
fac <- function(f,type) switch(type,HC1=f$T*f$M/(f$T*f$M-f$K),CR1S=f$T/(f$T-1)*(f$T*f$M-1)/(f$T*f$M-f$K),1)
vrob <- function(f,type="HC1",L=0,adjust=FALSE){ S <- scoresR(f,type); G <- crossprod(S); if(L>0) for(l in 1:L){ g <- crossprod(S[-(1:l),,drop=FALSE],S[1:(f$T-l),,drop=FALSE]); G <- G+(1-l/(L+1))*(g+t(g)) }
  V <- f$A%*%G%*%f$A*fac(f,type); if(adjust) V <- V*f$T*f$M/(f$T*f$M-f$K); dimnames(V) <- list(f$pars,f$pars); V }
# Satterthwaite df of Bell & McCaffrey for c'b with HC2 (working covariance of the whitened errors = identity)
bmdf <- function(f,cvec,type="HC2"){ B <- blocks(f); A <- f$A; n <- f$T*f$M; Zs <- do.call(rbind,lapply(B,`[[`,"Z")); I <- diag(n)-Zs%*%A%*%t(Zs)
  G <- sapply(1:f$T,function(t){ Z <- B[[t]]$Z; r <- (t-1)*f$M+1:f$M; H <- diag(f$M)-Z%*%A%*%t(Z); Am <- if(type=="HC2") msq(H,-.5) else solve(H); t(I[r,,drop=FALSE])%*%Am%*%Z%*%A%*%cvec }); l <- eigen(crossprod(G),symmetric=TRUE,only.values=TRUE)$values; sum(l)^2/sum(l^2) }
robust <- function(tag,f,Ls=c(1,2,3)){ put(paste0(tag,".estimate"),f$pars,"",f$b); put(paste0(tag,".se.classical"),f$pars,"",sqrt(diag(f$V)))
  for(ty in c("HC0","HC1","HC2","HC3","CR1S")){ V <- vrob(f,ty); put(paste0(tag,".se.",ty),f$pars,"",sqrt(diag(V))); if(ty%in%c("HC1","HC3")) putm(paste0(tag,".cov.",ty),V) }
  for(L in Ls){ V <- vrob(f,"HC0",L); put(paste0(tag,".se.HAC",L),f$pars,"",sqrt(diag(V))); V <- vrob(f,"HC0",L,TRUE); put(paste0(tag,".se.HAC",L,"_adjust"),f$pars,"",sqrt(diag(V))); V <- vrob(f,"HC3",L); put(paste0(tag,".se.HAC",L,"_HC3scores"),f$pars,"",sqrt(diag(V))) }
  put(paste0(tag,".df.bell_mccaffrey_HC2"),f$pars,"",sapply(seq_along(f$pars),function(j) bmdf(f,diag(length(f$pars))[,j])))
  # established program: sandwich::vcovCL on the whitened stack, clusters = periods
  B <- blocks(f); Zs <- do.call(rbind,lapply(B,`[[`,"Z")); es <- unlist(lapply(B,`[[`,"e")); ys <- Zs%*%f$b+es; m <- lm(ys~Zs-1); cl <- rep(1:f$T,each=f$M)
  for(ty in c("HC0","HC1","HC2","HC3")){ v <- vcovCL(m,cluster=cl,type=ty,cadjust=ty%in%c("HC2","HC3")); cat(sprintf("%-28s vcovCL %s/own: %s\n",tag,ty,paste(unique(signif(range(diag(v)/diag(vrob(f,ty))),10)),collapse=" .. "))) }
  v <- vcovCL(m,cluster=cl,type="HC1",cadjust=TRUE); chk(paste(tag,"CR1S = vcovCL HC1 cadjust"),diag(v),diag(vrob(f,"CR1S")))
  for(L in Ls){ u <- vcovPL(m,cluster=rep(1:f$M,f$T),order.by=cl,lag=L,aggregate=TRUE,adjust=FALSE); cat(sprintf("%-28s vcovPL lag %d/own HAC: %s\n",tag,L,paste(signif(range(diag(u)/diag(vrob(f,"HC0",L))),10),collapse=" .. "))) }; invisible(NULL) }
# one equation: must equal sandwich exactly
single <- function(tag,eqs,d){ f <- sysfit(eqs,d,"ols","geomean"); y <- f$s$Y[,1]; X <- f$s$X[[1]]; m <- lm(y~X-1)
  for(ty in c("HC0","HC1","HC2","HC3")) { v <- vcovHC(m,type=ty); chk(paste(tag,ty,"= vcovHC"),diag(vrob(f,ty)),diag(v)); put(paste0(tag,".vcovHC.",ty),f$pars,"",sqrt(diag(v))) }
  for(L in 1:4){ v <- NeweyWest(m,lag=L,prewhite=FALSE,adjust=TRUE); chk(paste(tag,"NW",L),diag(vrob(f,"HC0",L,TRUE)),diag(v)); put(paste0(tag,".NeweyWest_adjust.",L),f$pars,"",sqrt(diag(v))); v <- NeweyWest(m,lag=L,prewhite=FALSE,adjust=FALSE); put(paste0(tag,".NeweyWest.",L),f$pars,"",sqrt(diag(v))) }
  put(paste0(tag,".estimate"),f$pars,"",f$b); put(paste0(tag,".df.bell_mccaffrey_HC2"),f$pars,"",sapply(seq_along(f$pars),function(j) bmdf(f,diag(length(f$pars))[,j]))) }
d <- read.csv(DATA); eq <- function(i,sh=TRUE) list(left=paste0("emi_",i),terms=setNames(c("1",paste0("lag(emi_",i,")"),paste0("an_",i),"ln(lag(relinnt))","lag(led)"),c(paste0("a",i),paste0("b",i),if(sh) "c" else paste0("c",i),paste0("e",i),if(sh) "g" else paste0("g",i))))
for(i in 1:2) single(paste0("single",i),list(eq(i,FALSE)),d)
E <- lapply(1:M,eq); U <- lapply(1:M,eq,sh=FALSE)
for(mt in c("ols","sur","isur")) robust(paste0("shared.",mt),sysfit(E,d,mt)); robust("unshared.ols",sysfit(U,d,"ols")); robust("unshared.isur",sysfit(U[1:2],d,"isur"))
# one period dummied out in every equation: leverage 1, HC2/HC3 undefined for the dummy, same as leaving the period out
dump()
