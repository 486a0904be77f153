package structure

// Blocks orders equations by dependency. needs[i] lists the equations whose column
// equation i reads in the same year. The result is the strongly connected
// components of that graph, every block after the blocks it reads from: an equation
// by itself can be computed, unless it needs itself; those of a larger block need
// each other and have to be solved simultaneously. Within a block the order is that
// of the equations as given, and so is that of blocks which do not need each other,
// so that results do not depend on chance.
//
// Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972).
func Blocks(needs [][]int) [][]int {
	n := len(needs)
	index := make([]int, n) // 0 = not visited
	low := make([]int, n)
	onStack := make([]bool, n)
	var stack []int
	var out [][]int
	next := 1

	var visit func(v int)
	visit = func(v int) {
		index[v], low[v] = next, next
		next++
		stack = append(stack, v)
		onStack[v] = true
		for _, w := range needs[v] {
			if index[w] == 0 {
				visit(w)
				low[v] = min(low[v], low[w])
			} else if onStack[w] {
				low[v] = min(low[v], index[w])
			}
		}
		if low[v] != index[v] {
			return
		}
		member := make([]bool, n)
		for {
			w := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			onStack[w] = false
			member[w] = true
			if w == v {
				break
			}
		}
		var block []int
		for i, in := range member {
			if in {
				block = append(block, i)
			}
		}
		out = append(out, block)
	}
	for v := range n {
		if index[v] == 0 {
			visit(v)
		}
	}
	return out
}
