/** A warning's first sentence, which always stands whole, and the rest, which may be folded. */
export interface Lead {
  readonly lead: string;
  /** Empty where there is none. */
  readonly rest: string;
}

/** A full stop within a number ("2.0 mm") or after an initial ends no sentence. */
const endOfSentence = /(?<=[\p{L}\p{N})%"”]{2}\.)\s+(?=\p{Lu})/u;

/** Sentences S-2, S-5, S-10 and S-15 are such first sentences: what is folded never takes one of them along. */
export function leadSentence(say: string, still?: string | null): Lead {
  const [lead = ''] = say.split(endOfSentence, 1);
  const rest = `${say.slice(lead.length).trim()} ${still ?? ''}`.trim();
  return { lead, rest };
}
