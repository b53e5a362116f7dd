import { missingAccess, unknownGuild } from '../api-error.js';
import { withoutLocalizations } from '../commands.js';
import type { World } from '../world.js';
import { created, noContent, ok, route, type Answer, type Call } from './route.js';

type Params = { readonly application_id: string; readonly guild_id?: string };

/** Registration of commands, globally or in one guild. */
export const commandRoutes = [
  route('GET /applications/{application_id}/commands', list),
  route('PUT /applications/{application_id}/commands', replaceAll),
  route('POST /applications/{application_id}/commands', upsert),
  route('GET /applications/{application_id}/commands/{command_id}', get),
  route('PATCH /applications/{application_id}/commands/{command_id}', edit),
  route('DELETE /applications/{application_id}/commands/{command_id}', remove),
  route('GET /applications/{application_id}/guilds/{guild_id}/commands', list),
  route('PUT /applications/{application_id}/guilds/{guild_id}/commands', replaceAll),
  route('POST /applications/{application_id}/guilds/{guild_id}/commands', upsert),
  route('GET /applications/{application_id}/guilds/{guild_id}/commands/{command_id}', get),
  route('PATCH /applications/{application_id}/guilds/{guild_id}/commands/{command_id}', edit),
  route('DELETE /applications/{application_id}/guilds/{guild_id}/commands/{command_id}', remove),
];

function list(world: World, { params, url }: Call<Params>): Answer {
  const commands = world.commands.list(scopeOf(world, params));
  return ok(
    url.searchParams.get('with_localizations') === 'true' ? commands : commands.map(withoutLocalizations),
  );
}

function replaceAll(world: World, { params, json }: Call<Params>): Answer {
  return ok(world.commands.replaceAll(scopeOf(world, params), json));
}

function upsert(world: World, { params, json }: Call<Params>): Answer {
  const { command, isNew } = world.commands.upsert(scopeOf(world, params), json);
  return isNew ? created(command) : ok(command);
}

function get(world: World, { params }: Call<Params & { readonly command_id: string }>): Answer {
  return ok(world.commands.get(scopeOf(world, params), params.command_id));
}

function edit(world: World, { params, json }: Call<Params & { readonly command_id: string }>): Answer {
  return ok(world.commands.edit(scopeOf(world, params), params.command_id, json));
}

function remove(world: World, { params }: Call<Params & { readonly command_id: string }>): Answer {
  world.commands.delete(scopeOf(world, params), params.command_id);
  return noContent;
}

/** @throws ApiError 50001 for another application's commands, 10004 for an unknown guild */
function scopeOf(world: World, { application_id, guild_id }: Params): string | undefined {
  if (application_id !== world.application.id) throw missingAccess();
  if (guild_id !== undefined && !world.guilds.some(({ id }) => id === guild_id)) throw unknownGuild();
  return guild_id;
}
