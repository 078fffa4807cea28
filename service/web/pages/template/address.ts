/** Routes below `…/<template>`, by the path of the template. */
export const templateSchema = {
  params: { type: 'object', required: ['*'], properties: { '*': { type: 'string', maxLength: 2000 } } },
} as const

export interface TemplateRoute {
  Params: { '*': string }
}
