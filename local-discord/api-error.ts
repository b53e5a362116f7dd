import { RESTJSONErrorCodes } from 'discord-api-types/v10';

export type ErrorLeaf = readonly { readonly code: string; readonly message: string }[];

/** Discord's tree of form errors: one level per path segment, `_errors` at the leaves. */
export interface ErrorTree {
  [segment: string]: ErrorTree | ErrorLeaf;
}

/** An error response, as Discord's REST API formats it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP status. */
    readonly status: number,
    /** Discord's JSON error code; 0 for generic errors. */
    readonly code: number,
    message: string,
    readonly errors?: ErrorTree,
  ) {
    super(message);
  }

  toJSON(): unknown {
    return { message: this.message, code: this.code, ...(this.errors && { errors: this.errors }) };
  }
}

export const notFound = (): ApiError => new ApiError(404, RESTJSONErrorCodes.GeneralError, '404: Not Found');
export const unauthorised = (): ApiError =>
  new ApiError(401, RESTJSONErrorCodes.GeneralError, '401: Unauthorized');
export const unknownChannel = (): ApiError =>
  new ApiError(404, RESTJSONErrorCodes.UnknownChannel, 'Unknown Channel');
export const unknownGuild = (): ApiError =>
  new ApiError(404, RESTJSONErrorCodes.UnknownGuild, 'Unknown Guild');
export const unknownMessage = (): ApiError =>
  new ApiError(404, RESTJSONErrorCodes.UnknownMessage, 'Unknown Message');
export const unknownCommand = (): ApiError =>
  new ApiError(404, RESTJSONErrorCodes.UnknownApplicationCommand, 'Unknown application command');
export const unknownWebhook = (): ApiError =>
  new ApiError(404, RESTJSONErrorCodes.UnknownWebhook, 'Unknown Webhook');
export const unknownInteraction = (): ApiError =>
  new ApiError(404, RESTJSONErrorCodes.UnknownInteraction, 'Unknown interaction');
export const alreadyAcknowledged = (): ApiError =>
  new ApiError(
    400,
    RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
    'Interaction has already been acknowledged.',
  );
export const tokenExpired = (): ApiError =>
  new ApiError(401, RESTJSONErrorCodes.InvalidWebhookToken, 'Invalid Webhook Token');
export const tooLarge = (): ApiError =>
  new ApiError(413, RESTJSONErrorCodes.RequestEntityTooLarge, 'Request entity too large');
export const missingPermissions = (): ApiError =>
  new ApiError(403, RESTJSONErrorCodes.MissingPermissions, 'Missing Permissions');
export const missingAccess = (): ApiError =>
  new ApiError(403, RESTJSONErrorCodes.MissingAccess, 'Missing Access');
