# Klein's model I by the R package bimets (CRAN), with its data, which are those of
# klein.csv: estimates, simulations, multipliers, a search and a forecast, converged to
# the last digit. What it prints is klein.txt:
#
#   Rscript klein.R > klein.txt
#
# The tests of the package compare with that; the program needs neither R nor bimets.
suppressMessages(library(bimets))
txt<-"MODEL
BEHAVIORAL> cn
TSRANGE 1921 1 1941 1
EQ> cn = a1 + a2*p + a3*TSLAG(p,1) + a4*(w1+w2)
COEFF> a1 a2 a3 a4
BEHAVIORAL> i
TSRANGE 1921 1 1941 1
EQ> i = b1 + b2*p + b3*TSLAG(p,1) + b4*TSLAG(k,1)
COEFF> b1 b2 b3 b4
BEHAVIORAL> w1
TSRANGE 1921 1 1941 1
EQ> w1 = c1 + c2*(y+t-w2) + c3*TSLAG(y+t-w2,1) + c4*time
COEFF> c1 c2 c3 c4
IDENTITY> y
EQ> y = cn + i + g - t
IDENTITY> p
EQ> p = y - (w1+w2)
IDENTITY> k
EQ> k = TSLAG(k,1) + i
END"
m<-LOAD_MODEL(modelText=txt,quietly=TRUE)
T<-function(...) TIMESERIES(...,START=c(1920,1),FREQ=1)
d<-list(cn=T(39.8,41.9,45,49.2,50.6,52.6,55.1,56.2,57.3,57.8,55,50.9,45.6,46.5,48.7,51.3,57.7,58.7,57.5,61.6,65,69.7),
g=T(4.6,6.6,6.1,5.7,6.6,6.5,6.6,7.6,7.9,8.1,9.4,10.7,10.2,9.3,10,10.5,10.3,11,13,14.4,15.4,22.3),
i=T(2.7,-.2,1.9,5.2,3,5.1,5.6,4.2,3,5.1,1,-3.4,-6.2,-5.1,-3,-1.3,2.1,2,-1.9,1.3,3.3,4.9),
k=T(182.8,182.6,184.5,189.7,192.7,197.8,203.4,207.6,210.6,215.7,216.7,213.3,207.1,202,199,197.7,199.8,201.8,199.9,201.2,204.5,209.4),
p=T(12.7,12.4,16.9,18.4,19.4,20.1,19.6,19.8,21.1,21.7,15.6,11.4,7,11.2,12.3,14,17.6,17.3,15.3,19,21.1,23.5),
w1=T(28.8,25.5,29.3,34.1,33.9,35.4,37.4,37.9,39.2,41.3,37.9,34.5,29,28.5,30.6,33.2,36.8,41,38.2,41.6,45,53.3),
y=T(43.7,40.6,49.1,55.4,56.4,58.7,60.3,61.3,64,67,57.7,50.7,41.3,45.3,48.9,53.3,61.8,65,61.2,68.4,74.1,85.3),
t=T(3.4,7.7,3.9,4.7,3.8,5.5,7,6.7,4.2,4,7.7,7.5,8.3,5.4,6.8,7.2,8.3,6.7,7.4,8.9,9.6,11.6),
time=T(NA,-10:10), w2=T(2.2,2.7,2.9,2.9,3.1,3.2,3.3,3.6,3.7,4,4.2,4.8,5.3,5.6,6,6.1,7.4,6.7,7.7,7.8,8,8.5))
m<-LOAD_MODEL_DATA(m,d,quietly=TRUE); m<-ESTIMATE(m,quietly=TRUE); o<-function(...) cat(sprintf("%.10g",c(...)),"\n")
for(b in c("cn","i","w1")) o(m$behaviorals[[b]]$coefficients)
s<-SIMULATE(m,TSRANGE=c(1925,1,1930,1),simConvergence=1e-12,simIterLimit=1000,quietly=TRUE); cat("dyn y 1925-30 "); o(as.numeric(s$simulation$y))
s<-SIMULATE(m,simType="STATIC",TSRANGE=c(1925,1,1930,1),simConvergence=1e-12,simIterLimit=1000,quietly=TRUE); cat("static cn 1925-30 "); o(as.numeric(s$simulation$cn))
x<-MULTMATRIX(m,TSRANGE=c(1941,1,1941,1),INSTRUMENT=c('w2','g'),TARGET=c('cn','y'),simConvergence=1e-12,simIterLimit=1000,quietly=TRUE); print(x$MultiplierMatrix,digits=10)
x<-MULTMATRIX(m,TSRANGE=c(1940,1,1941,1),INSTRUMENT=c('w2','g'),TARGET=c('cn','y'),simConvergence=1e-12,simIterLimit=1000,quietly=TRUE); print(x$MultiplierMatrix,digits=10)
r<-RENORM(m,INSTRUMENT=c('w2','g'),TARGET=list(cn=TIMESERIES(66,78,START=c(1940,1),FREQ=1),y=TIMESERIES(77,98,START=c(1940,1),FREQ=1)),TSRANGE=c(1940,1,1941,1),simIterLimit=1000,simConvergence=1e-12,renormConvergence=1e-9,quietly=TRUE)
cat("renorm w2 g "); o(as.numeric(r$renorm$INSTRUMENT$w2),as.numeric(r$renorm$INSTRUMENT$g))
m$modelData<-within(m$modelData,{w2<-TSEXTEND(w2,UPTO=c(1944,1),EXTMODE='CONSTANT');t<-TSEXTEND(t,UPTO=c(1944,1),EXTMODE='CONSTANT');g<-TSEXTEND(g,UPTO=c(1944,1),EXTMODE='CONSTANT');time<-TSEXTEND(time,UPTO=c(1944,1),EXTMODE='LINEAR')})
s<-SIMULATE(m,simType='FORECAST',TSRANGE=c(1941,1,1944,1),simConvergence=1e-12,simIterLimit=1000,quietly=TRUE); cat("forecast y 1941-44 "); o(as.numeric(s$simulation$y))
