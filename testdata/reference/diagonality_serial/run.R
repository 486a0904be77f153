DATA <- "system4.csv"; M <- 4
suppressMessages({library(lmtest)}); source("../lib.R")
diag_tests <- function(tag,E,d){ u <- sysfit(E,d,"isur"); o <- sysfit(E,d,"ols"); n <- sysfit(E,d,"iwls"); M <- u$M; T <- u$T; q <- M*(M-1)/2
  lm <- function(f){ r <- cov2cor(f$ST); T*sum(r[lower.tri(r)]^2) }
  put(paste0(tag,".lm_ols"),c("chi2","df","p"),"",c(lm(o),q,pchisq(lm(o),q,lower.tail=FALSE))); put(paste0(tag,".lm_diagonal_ml"),c("chi2","df","p"),"",c(lm(n),q,pchisq(lm(n),q,lower.tail=FALSE)))
  put(paste0(tag,".lm_isur_residuals_WRONG"),"chi2","",lm(u)); put(paste0(tag,".loglik_isur"),"","",u$ll); put(paste0(tag,".loglik_diagonal_ml"),"","",n$lldiag); lr <- 2*(u$ll-n$lldiag); put(paste0(tag,".lr"),c("chi2","df","p"),"",c(lr,q,pchisq(lr,q,lower.tail=FALSE)))
  lrc <- lr*(T-mean(u$k)-(M-1)/2)/T; r <- cov2cor(o$ST); k <- mean(u$k)
  # Bartlett-type: -(T-k-(2M+5)/6) ln|R| (Box); only meaningful as a rough correction
  bx <- -(T-k-(2*M+5)/6)*as.numeric(determinant(cov2cor(n$ST))$modulus); put(paste0(tag,".lr_box"),c("chi2","df","p"),"",c(bx,q,pchisq(bx,q,lower.tail=FALSE)))
  put(paste0(tag,".estimate_diagonal_ml"),n$pars,"",n$b); invisible(list(u=u,o=o,n=n)) }
bg <- function(tag,f,lags){ T <- f$T; ss <- function(X,e) sum(lm.fit(X,e)$residuals^2)
  for(i in 1:f$M){ e <- f$E[,i]; X <- f$s$X[[i]]; k <- ncol(X); en <- sub("=.*","",f$eqs[[i]]$left)
    for(p in lags){ L <- sapply(1:p,function(l) c(rep(0,l),e[1:(T-l)])); s0 <- ss(X,e); s1 <- ss(cbind(X,L),e); st <- T*(s0-s1)/s0; Fs <- (s0-s1)/p/(s1/(T-k-p))
      put(paste0(tag,".bg",p),c("chi2","p","F","F_p"),en,c(st,pchisq(st,p,lower.tail=FALSE),Fs,pf(Fs,p,T-k-p,lower.tail=FALSE)))
      if(f$method=="ols"){ y <- f$s$Y[,i]; b <- bgtest(y~X-1,order=p,fill=0); chk(paste(tag,en,"bgtest chisq",p),st,b$statistic); b <- bgtest(y~X-1,order=p,fill=0,type="F"); chk(paste(tag,en,"bgtest F",p),Fs,b$statistic) } 
      if(f$method=="ols"&&p==1){ b <- dwtest(y~X-1,iterations=100); put(paste0(tag,".dw"),c("d","p"),en,c(b$statistic,b$p.value)) }
      bp <- sapply(c("Box-Pierce","Ljung-Box"),function(ty) Box.test(e-0,p,ty)$statistic); ec <- e; c0 <- sum(ec^2); r <- sapply(1:p,function(l) sum(ec[-(1:l)]*ec[1:(T-l)])/c0); q <- T*(T+2)*sum(r^2/(T-1:p)); put(paste0(tag,".ljung_box",p),c("chi2_uncentred","chi2_centred"),en,c(q,bp[2])) } } }
# Multivariate portmanteau of Hosking: Q = T^2 sum 1/(T-j) tr(C_j' C_0^-1 C_j C_0^-1), C_j = (1/T) sum e_t e_{t-j}' ; two ways: traces and Kronecker/vec
port <- function(E,h,centre=FALSE){ if(centre) E <- sweep(E,2,colMeans(E)); T <- nrow(E); M <- ncol(E); C0 <- crossprod(E)/T; I0 <- solve(C0); a <- p <- a2 <- 0; K <- kronecker(I0,I0)
  for(j in 1:h){ Cj <- crossprod(E[-(1:j),,drop=FALSE],E[1:(T-j),,drop=FALSE])/T; q <- sum(diag(t(Cj)%*%I0%*%Cj%*%I0)); p <- p+T*q; a <- a+T^2/(T-j)*q; v <- as.vector(Cj); a2 <- a2+T^2/(T-j)*as.numeric(t(v)%*%K%*%v) }
  stopifnot(abs(a/a2-1)<1e-10); c(bp=p,lb=a,li_mcleod=p+M^2*h*(h+1)/(2*T)) }
portm <- function(tag,f,hs,nlag){ for(h in hs){ x <- port(f$E,h); y <- port(f$E,h,TRUE); M <- f$M; put(paste0(tag,".portmanteau",h),c("box_pierce","hosking","li_mcleod","hosking_centred","df","p_hosking"),"",c(x,y["lb"],M^2*h,pchisq(x["lb"],M^2*h,lower.tail=FALSE))) } }
d <- read.csv(DATA); eq <- function(i,sh=TRUE) list(left=paste0("emi_",i),terms=setNames(c("1",paste0("lag(emi_",i,")"),paste0("an_",i),"ln(lag(relinnt))","lag(led)"),c(paste0("a",i),paste0("b",i),if(sh) "c" else paste0("c",i),paste0("e",i),if(sh) "g" else paste0("g",i))))
E <- lapply(1:M,eq); U <- lapply(1:M,eq,sh=FALSE)
for(x in list(list("shared",E),list("unshared",U),list("pair",U[1:2]))){ g <- diag_tests(x[[1]],x[[2]],d); for(m in c("u","o")){ t <- paste0(x[[1]],if(m=="u") ".isur" else ".ols"); bg(t,g[[m]],1:2); portm(t,g[[m]],c(1,2,4),1) } }
dump()
