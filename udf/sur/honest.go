package sur

func (s *system) collinear(v *solver) error                 { return nil }
func (s *system) exactFit(v *solver) error                  { return nil }
func (s *system) surelyUnbounded(v *solver) error           { return nil }
func (s *system) unbounded(v *solver, why string) error     { return errTemp(why) }
func (s *system) notConverged(v *solver, out outcome) error { return errTemp("not converged") }
func (f *Fit) sandwich() []float64                          { return f.Covariance }

type errTemp string

func (e errTemp) Error() string { return string(e) }
