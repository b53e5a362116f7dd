import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { checkModalComponents } from './component-rules.js';
import type { Form } from './form.js';

/** @throws ApiError 50035 */
export function checkModal(modal: Form): APIModalInteractionResponseCallbackData {
  modal.text('custom_id', { required: true, min: 1, max: 100 });
  modal.text('title', { required: true, min: 1, max: 45 });
  checkModalComponents(modal);
  modal.throwProblems();
  return modal.value as APIModalInteractionResponseCallbackData;
}
