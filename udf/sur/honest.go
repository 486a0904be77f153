package sur

func (f *Fit) sandwich() []float64 { return f.Covariance }
