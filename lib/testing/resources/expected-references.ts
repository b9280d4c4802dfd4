import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  type TerraformStack,
  Token,
  Tokenization,
} from "cdktf";
import type { Resolve } from "../expected/match";
import { isMatcher } from "../expected/matcher";
import type { StackUnderTest } from "../stack/stack-under-test";

/** What cdktf knows of references from one stack to another, in the parts that are read here. */
interface Linked {
  readonly crossStackOutputs?: Readonly<Record<string, unknown>>;
  readonly crossStackDataSources?: Readonly<Record<string, unknown>>;
}

/** Reads an attribute of a construct as what synth writes for it. */
export function expectedReferences({ name, origin: { construct } }: StackUnderTest): Resolve {
  const resolver = construct && new WrittenReferences(construct);
  return (expected) => {
    if (isMatcher(expected)) return withoutTokens(expected);
    if (!Token.isUnresolved(expected)) return expected;
    if (construct && resolver) return Tokenization.resolve(expected, { scope: construct, resolver });
    throw new Error(
      `what is expected has an attribute of a construct, which ${name}, read from JSON, has no construct for: give the stack in code, or write the reference as text`,
    );
  };
}

/** A matcher reads its text itself, so a token in it would never be met. */
function withoutTokens<T extends { readonly sample?: unknown }>(matcher: T): T {
  if (!/\$\{TfToken\[/.test(JSON.stringify(matcher.sample) ?? "")) return matcher;
  throw new Error(`an attribute of a construct cannot be compared inside ${String(matcher)}: expect it as it is`);
}

/** References to other stacks read as synth wrote them. Nothing is added to a stack: what was not written there is referred to by no resource. */
class WrittenReferences extends DefaultTokenResolver {
  constructor(private readonly stack: TerraformStack) {
    super(new StringConcat());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const { originStack: origin, identifier } = token as { originStack?: TerraformStack; identifier?: string };
    if (!origin || identifier === undefined || origin === this.stack)
      return super.resolveToken(token, context, postProcessor);
    const path = origin.node.path;
    const isWritten =
      (origin as unknown as Linked).crossStackOutputs?.[identifier] !== undefined &&
      (this.stack as unknown as Linked).crossStackDataSources?.[path] !== undefined;
    if (isWritten) {
      const preparing: IResolveContext = Object.create(context, { preparing: { value: true } });
      return super.resolveToken(token, preparing, postProcessor);
    }
    const foreign = `${path}:${identifier}`;
    return context.suppressBraces ? foreign : `\${${foreign}}`;
  }
}
