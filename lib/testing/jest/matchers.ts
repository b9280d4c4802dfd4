import { addressesUnchanged } from "../changes/addresses";
import { type DestroyOptions, destroysNothingSince } from "../changes/destroys-nothing";
import { CheckFailed } from "../check-failed";
import type { Properties } from "../expected/match";
import { isIsolatedFrom, isReachable } from "../isolation/isolation";
import type { PodsOf, PodTraffic } from "../isolation/isolation-question";
import type { ObjectInCluster } from "../rendering/object-in-cluster";
import type { RenderedStack } from "../rendering/render";
import { rendersNo, rendersTo } from "../rendering/renders-to";
import { countResources, hasNoResource, hasResource } from "../resources/has-resource";
import type { StackInput } from "../stack/synthesize";

/** The matchers, as they are written after `expect(stack)`. */
export interface StackMatchers<R> {
  /** `hasResource`; with `.not`, `hasNoResource`. */
  toHaveResource(type: string, properties?: Properties): R;
  /** `countResources`. */
  toHaveResourceCount(type: string, count: number, properties?: Properties): R;
  /** `rendersTo`; with `.not`, `rendersNo`. Must be awaited: a test that does not wait passes before Helm has run. */
  toRenderTo(object: ObjectInCluster, fields?: Properties): Promise<void>;
  /** `isIsolatedFrom`: the pods of `from` do not reach those of `to`. */
  toIsolate(from: string | PodsOf, to: string | PodsOf, traffic?: Omit<PodTraffic, "from" | "to">): R;
  /** `isReachable`. */
  toConnect(
    from: string | PodsOf,
    to: string | PodsOf,
    traffic: Omit<PodTraffic, "from" | "to"> & { readonly port: number },
  ): R;
  /** `destroysNothingSince`. */
  toDestroyNothingSince(before: StackInput, options?: DestroyOptions): R;
  /** `addressesUnchanged`. */
  toHaveAddressesOf(file: string): R;
}

/** What Jest hands to a matcher and gets from it, in the parts that are used here. */
interface Context {
  readonly isNot?: boolean;
}
interface Result {
  readonly pass: boolean;
  readonly message: () => string;
}

type Check = () => void | Promise<void>;

/** For `expect.extend`. */
export const stackMatchers = {
  toHaveResource(this: Context, stack: StackInput, type: string, properties?: Properties) {
    return told(
      this,
      () => hasResource(stack, type, properties),
      () => hasNoResource(stack, type, properties),
    );
  },
  toHaveResourceCount(this: Context, stack: StackInput, type: string, count: number, properties?: Properties) {
    return told(this, () => countResources(stack, type, count, properties));
  },
  toRenderTo(this: Context, stack: StackInput | RenderedStack, object: ObjectInCluster, fields?: Properties) {
    return toldLater(
      this,
      () => rendersTo(stack, object, fields),
      () => rendersNo(stack, object, fields),
    );
  },
  toIsolate(
    this: Context,
    stack: StackInput | RenderedStack,
    from: string | PodsOf,
    to: string | PodsOf,
    traffic: Omit<PodTraffic, "from" | "to"> = {},
  ) {
    return told(this, () => isIsolatedFrom(stack, { ...traffic, from, to }), "use toConnect");
  },
  toConnect(
    this: Context,
    stack: StackInput | RenderedStack,
    from: string | PodsOf,
    to: string | PodsOf,
    traffic: Omit<PodTraffic, "from" | "to"> & { readonly port: number },
  ) {
    return told(this, () => isReachable(stack, { ...traffic, from, to }), "use toIsolate");
  },
  toDestroyNothingSince(this: Context, stack: StackInput, before: StackInput, options?: DestroyOptions) {
    return told(this, () => destroysNothingSince(stack, before, options), "use its option 'allow'");
  },
  toHaveAddressesOf(this: Context, stack: StackInput, file: string) {
    return told(this, () => addressesUnchanged(stack, file));
  },
};

/** Turns a check into a result. What cannot be answered is thrown, whether it is negated or not. */
function told({ isNot = false }: Context, check: Check, negated?: Check | string): Result {
  const [chosen, fails] = choice(isNot, check, negated);
  try {
    chosen();
    return fails(undefined);
  } catch (error) {
    return fails(error);
  }
}

async function toldLater({ isNot = false }: Context, check: Check, negated?: Check | string): Promise<Result> {
  const [chosen, fails] = choice(isNot, check, negated);
  try {
    await chosen();
    return fails(undefined);
  } catch (error) {
    return fails(error);
  }
}

/** Under `.not` Jest fails on what passes, so the result is turned round. */
function choice(isNot: boolean, check: Check, negated?: Check | string): [Check, (error: unknown) => Result] {
  const chosen = isNot ? negated : check;
  if (typeof chosen !== "function")
    throw new Error(`this matcher has no .not: ${chosen ?? "say what is expected instead"}`);
  return [
    chosen,
    (error) => {
      if (error !== undefined && !(error instanceof CheckFailed)) throw error;
      return { pass: (error === undefined) !== isNot, message: () => error?.message ?? "" };
    },
  ];
}
