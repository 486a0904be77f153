MM <- 2; LAST <- 2012; HH <- 8; LAM <- c(.15,.2); PSI <- c(.02,.015); PHI <- .6; FT <- -.8; PP <- .25
source("lib.R")
d <- read.csv("data.csv"); M <- MM; eq <- function(i) list(left=paste0("emi_",i),terms=setNames(c("1",paste0("lag(emi_",i,")"),paste0("an_",i),"ln(lag(relinnt))","lag(led)"),c(paste0("a",i),paste0("b",i),"c",paste0("e",i),"g")))
E <- lapply(1:M,eq); f <- sysfit(E,d,"isur",last=LAST); H <- HH; yrs <- LAST+1:H
write.csv(data.frame(parameter=f$pars,estimate=sprintf("%.17g",f$b)),"coefficient.csv",row.names=FALSE,quote=FALSE); x <- expand.grid(j=seq_along(f$pars),i=seq_along(f$pars)); write.csv(data.frame(parameter_i=f$pars[x$i],parameter_j=f$pars[x$j],covariance=sprintf("%.17g",f$V[cbind(x$i,x$j)])),"covariance.csv",row.names=FALSE,quote=FALSE)
S <- f$ST; dimnames(S) <- list(paste0("emi_",1:M),paste0("emi_",1:M)); putm("residual_covariance_T",S); X <- function(i,y) c(1,NA,d[d$year==y,paste0("an_",i)],log(d$relinnt[d$year==y-1]),d$led[d$year==y-1]); yT <- sapply(1:M,function(i) d[d$year==LAST,paste0("emi_",i)]); eT <- f$E[f$T,]; yr <- f$s$period
P <- lapply(1:M,function(i) sapply(c(paste0("a",i),paste0("b",i),"c",paste0("e",i),"g"),function(p) f$b[[p]]))
path <- function(adj){ Y <- matrix(0,H,M); for(i in 1:M){ y <- yT[i]; for(h in 1:H){ x <- X(i,yrs[h]); x[2] <- y; y <- sum(P[[i]]*x)+adj(i,h); Y[h,i] <- y } }; Y }
closed <- function(adj){ Y <- matrix(0,H,M); for(i in 1:M) for(h in 1:H){ b <- P[[i]][2]; Y[h,i] <- b^h*yT[i]+sum(sapply(1:h,function(k) b^(h-k)*(sum(P[[i]][-2]*X(i,yrs[k])[-2])+adj(i,k)))) }; Y }
w5 <- yr>=LAST-4; A <- list(none=function(i,h) 0,last=function(i,h) eT[i],mean_sample=function(i,h) mean(f$E[,i]),mean_last5=function(i,h) mean(f$E[w5,i]),decay_0.6=function(i,h) .6^h*eT[i],decay_0.6_from_mean_last5=function(i,h) .6^h*mean(f$E[w5,i]),decay_0.6_start_full=function(i,h) .6^(h-1)*eT[i],only_first_year=function(i,h) if(h==1) eT[i] else 0)
for(n in names(A)){ y <- path(A[[n]]); chk(paste("path",n),y,closed(A[[n]])); for(i in 1:M) put(paste0("path.",n),paste0("emi_",i),yrs,y[,i]) }
for(i in 1:M) put("last_residual",paste0("emi_",i),LAST,eT[i])
# replication inside the sample: with the actual residuals added the dynamic simulation returns the data exactly
# (a) residual draws N(0,S): V_h = sum_{j<h} A^j S A^j'
Am <- diag(sapply(P,`[`,2),M); for(h in 1:H){ V <- matrix(0,M,M); Aj <- diag(M); for(j in 1:h){ V <- V+Aj%*%S%*%t(Aj); Aj <- Am%*%Aj }; for(i in 1:M) put("sd.residual_draws",paste0("emi_",i),yrs[h],sqrt(V[i,i])); if(M>1) put("corr_12.residual_draws","emi_1,emi_2",yrs[h],V[1,2]/sqrt(V[1,1]*V[2,2])) }
Sc <- S-tcrossprod(colMeans(f$E)); for(h in 1:H){ V <- matrix(0,M,M); Aj <- diag(M); for(j in 1:h){ V <- V+Aj%*%Sc%*%t(Aj); Aj <- Am%*%Aj }; for(i in 1:M) put("sd.centred_bootstrap_residual_draws",paste0("emi_",i),yrs[h],sqrt(V[i,i])) }
# (b)(c) parameter draws N(b,V): exact through Gauss-Hermite over the lag coefficient, the rest is linear and normal given it
gh <- function(n){ i <- 1:(n-1); e <- eigen(diag(0,n)+rbind(cbind(0,diag(sqrt(i))),0)[1:n,1:n]+t(rbind(cbind(0,diag(sqrt(i))),0)[1:n,1:n]),symmetric=TRUE); list(x=e$values,w=e$vectors[1,]^2) }
g <- gh(60); for(i in 1:M){ nm <- c(paste0("a",i),paste0("b",i),"c",paste0("e",i),"g"); V <- f$V[nm,nm]; m <- f$b[nm]; o <- c(1,3,4,5); sb <- sqrt(V[2,2]); for(h in 1:H){ mu <- v <- rv <- numeric(60); for(q in 1:60){ b <- m[2]+sb*g$x[q]; cm <- m[o]+V[o,2]/V[2,2]*(b-m[2]); cv <- V[o,o]-tcrossprod(V[o,2])/V[2,2]; L <- rowSums(sapply(1:h,function(k) b^(h-k)*X(i,yrs[k])[o])); mu[q] <- sum(L*cm)+b^h*yT[i]; v[q] <- t(L)%*%cv%*%L; rv[q] <- S[i,i]*sum(b^(2*(0:(h-1)))) }
  mean_ <- sum(g$w*mu); vb <- sum(g$w*v)+sum(g$w*mu^2)-mean_^2; put("mean.parameter_draws",paste0("emi_",i),yrs[h],mean_); put("sd.parameter_draws",paste0("emi_",i),yrs[h],sqrt(vb)); put("sd.both",paste0("emi_",i),yrs[h],sqrt(vb+sum(g$w*rv)))
  # delta method
  pf <- function(p){ y <- yT[i]; for(k in 1:h){ x <- X(i,yrs[k]); x[2] <- y; y <- sum(p*x) }; y }; G <- numDeriv::grad(pf,m); put("sd.parameter_delta_method",paste0("emi_",i),yrs[h],sprintf("%.8g",sqrt(sum(G*(V%*%G))))) } }
# Monte Carlo check of (b), (c)
set.seed(4242); n <- 200000; B <- matrix(rnorm(n*length(f$b)),n)%*%chol(f$V); B <- sweep(B,2,f$b,"+"); colnames(B) <- f$pars; U <- NULL; CS <- chol(S)
Yb <- matrix(yT,n,M,byrow=TRUE); Yc <- Yb; for(h in 1:H){ e <- matrix(rnorm(n*M),n)%*%CS; for(i in 1:M){ x <- X(i,yrs[h]); det <- B[,paste0("a",i)]+B[,"c"]*x[3]+B[,paste0("e",i)]*x[4]+B[,"g"]*x[5]; Yb[,i] <- det+B[,paste0("b",i)]*Yb[,i]; Yc[,i] <- det+B[,paste0("b",i)]*Yc[,i]+e[,i] } 
 gv <- do.call(rbind,.out); for(i in 1:M){ pick <- function(it) as.numeric(gv$value[gv$item==it&gv$a==paste0("emi_",i)&gv$b==yrs[h]]); z1 <- (sd(Yb[,i])/pick("sd.parameter_draws")-1)*sqrt(2*n); z2 <- (sd(Yc[,i])/pick("sd.both")-1)*sqrt(2*n); cat(sprintf("h=%d eq %d MC z of sd (b) %.2f (c) %.2f\n",h,i,z1,z2)) } }
# (d) common factor: y_it = b_i y_i,t-1 + ... + lam_i f_t + u_it, f_t = phi f_t-1 + sqrt(1-phi^2) v_t ; f_T ~ N(fT,PT)
lam <- LAM; psi <- PSI; phi <- PHI; fT <- FT; PT <- PP; put("factor.given.lambda",paste0("emi_",1:M),"",lam); put("factor.given.psi",paste0("emi_",1:M),"",psi); put("factor.given","phi","",phi); put("factor.given","f_T","",fT); put("factor.given","P_T","",PT)
F <- rbind(cbind(Am,lam*phi),c(rep(0,M),phi)); Q <- rbind(cbind(diag(psi)+(1-phi^2)*tcrossprod(lam),(1-phi^2)*lam),c((1-phi^2)*lam,1-phi^2)); V <- matrix(0,M+1,M+1); V[M+1,M+1] <- PT; V0 <- V
for(h in 1:H){ V <- F%*%V%*%t(F)+Q; for(i in 1:M){ b <- P[[i]][2]; cl <- psi[i]*sum(b^(2*(0:(h-1)))); al <- sum(b^(h-(1:h))*phi^(1:h)); cl <- cl+lam[i]^2*al^2*PT+lam[i]^2*(1-phi^2)*sum(sapply(1:h,function(k) sum(b^(h-(k:h))*phi^((k:h)-k))^2)); stopifnot(abs(cl/V[i,i]-1)<1e-12); put("sd.factor_and_idiosyncratic",paste0("emi_",i),yrs[h],sqrt(V[i,i])); put("mean_shift.factor",paste0("emi_",i),yrs[h],lam[i]*al*fT) ; put("sd.factor_only",paste0("emi_",i),yrs[h],sqrt(V[i,i]-psi[i]*sum(b^(2*(0:(h-1)))))) }
  put("corr_12.factor_and_idiosyncratic","emi_1,emi_2",yrs[h],V[1,2]/sqrt(V[1,1]*V[2,2])) }
dump()
