/**
 * What one side of a panel listens to: requests that it answers, as the signatures of their handlers, and notices, as their
 * values.
 */
export type Side = {
  requests: Record<string, (params: never) => unknown>;
  notices: Record<string, unknown>;
};

/** No request or no notice. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- no name is what is meant
export type Nothing = Record<never, never>;

/** All that a panel's host and its page say to each other. Each panel declares one such type, and both sides use it. */
export type PanelMessages = {
  host: Side;
  page: Side;
};

export type RequestName<S extends Side> = keyof S['requests'] & string;
export type NoticeName<S extends Side> = keyof S['notices'] & string;

/** What a request carries; `undefined` when nothing. */
export type ParamsOf<S extends Side, K extends RequestName<S>> =
  Parameters<S['requests'][K]> extends [infer P] ? P : undefined;

/** What a request is answered with. */
export type ResultOf<S extends Side, K extends RequestName<S>> = Awaited<
  ReturnType<S['requests'][K]>
>;

/** A function for each request and each notice of a side. */
export type Handlers<S extends Side> = {
  requests: {
    [K in RequestName<S>]: (
      params: ParamsOf<S, K>,
      signal: AbortSignal,
    ) => ResultOf<S, K> | Promise<ResultOf<S, K>>;
  };
  notices: { [K in NoticeName<S>]: (value: S['notices'][K]) => void };
};

/** Left out where a request carries nothing. */
export type ParamsArgument<S extends Side, K extends RequestName<S>> =
  undefined extends ParamsOf<S, K> ? [params?: undefined] : [params: ParamsOf<S, K>];
