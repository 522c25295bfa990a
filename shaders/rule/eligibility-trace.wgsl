// Three factors with a memory: the synapse's trace of pre × eligibility fades by λ a step, so that dopamine that comes late
// still finds the synapses that were active before (Williams 1992; Izhikevich 2007).
fn change(pre: f32, eligibility: f32, dopamine: f32, past: f32, trace: f32) -> f32 {
  return dopamine * (trace * past + eligibility * pre);
}
